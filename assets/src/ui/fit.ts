// The size of a note's text: as large as fits, from 32 down to 16 pixels. Sizes
// stand in the style sheet as steps (data-fit 1 to 5); what is too long even for
// the last is marked (data-over), and fades out at the note's edge. All notes that wait are
// measured side by side, step by step, so that a hundred notes cost five layouts
// and not five hundred; while the desk moves they have a guess.

import type { Frame } from './frame.ts'

export const STEPS = 5
const OVER = STEPS + 1 // remembered for a text that does not fit at any step
const AT_ONCE = 40 // notes a frame
const AGAIN = 100 // ms until it is looked whether the desk rests
export const CHIP = 30 // board units that the name of a link takes of the height, as in the style sheet
const REMEMBERED = 4000 // texts

export interface Fittable {
  readonly element: HTMLElement
  readonly text: HTMLElement
}

/** What the size follows from. */
export interface Content {
  readonly w: number
  readonly h: number
  readonly text: string
}

/** Remembers steps by size and text; forgets the oldest. */
export class FitCache {
  private readonly steps = new Map<string, number>()

  constructor(private readonly most = REMEMBERED) {}

  get(content: Content): number | undefined {
    return this.steps.get(key(content))
  }

  set(content: Content, step: number): void {
    const k = key(content)
    this.steps.delete(k)
    this.steps.set(k, step)
    if (this.steps.size > this.most) this.steps.delete(this.steps.keys().next().value!)
  }

  clear(): void {
    this.steps.clear()
  }
}

function key({ w, h, text }: Content): string {
  return `${w} ${h} ${text}`
}

interface Waiting extends Fittable {
  readonly content: Content
}

export class Fit {
  private readonly cache = new FitCache()
  private readonly waiting = new Map<string, Waiting>()
  private again = 0 // a timer, while the desk moves

  constructor(
    private readonly frame: Frame,
    private readonly isMoving: () => boolean,
  ) {}

  /** Measures the note in the coming frame, or as soon as the desk rests. */
  ask(id: string, { element, text }: Fittable, content: Content): void {
    content = element.hasAttribute('data-link') ? { ...content, h: content.h - CHIP } : content
    const known = this.cache.get(content)
    if (known !== undefined) {
      this.waiting.delete(id)
      return setStep(element, known)
    }
    if (!element.dataset['fit']) setStep(element, guess(content))
    this.waiting.set(id, { element, text, content })
    if (!this.again) this.frame.ask('measure', this.run)
  }

  forget(id: string): void {
    this.waiting.delete(id)
  }

  /** Everything measured is void: the font arrived. */
  reset(): void {
    this.cache.clear()
  }

  /** One look for all that come meanwhile. */
  private postpone(): void {
    this.again ||= window.setTimeout(() => {
      this.again = 0
      this.frame.ask('measure', this.run)
    }, AGAIN)
  }

  private readonly run = (): void => {
    if (this.waiting.size === 0) return
    if (this.isMoving()) return this.postpone()
    const batch = [...this.waiting].slice(0, AT_ONCE)
    for (const [id] of batch) this.waiting.delete(id)
    let open = batch.map(([, note]) => note)
    for (let step = 1; step <= STEPS && open.length > 0; step++) {
      for (const note of open) setStep(note.element, step)
      const over = open.map(overflows)
      open.forEach((note, i) => over[i] || this.cache.set(note.content, step))
      open = open.filter((_, i) => over[i])
    }
    for (const note of open) {
      setStep(note.element, OVER)
      this.cache.set(note.content, OVER)
    }
    if (this.waiting.size > 0) this.frame.ask('measure', this.run)
  }
}

const SIZES = [32, 27, 23, 19, 16] // pixels, as the style sheet has them
const PADDING = 32
const LINE = 1.3
const LETTER = 0.56 // of the size: as wide as letters are on the whole

/** The step that a text most likely fits at, by how much there is of it. */
export function guess({ w, h, text }: Content): number {
  const lines = text.split('\n')
  const longest = Math.max(...text.split(/\s/).map((word) => word.length))
  const step = SIZES.findIndex((size) => {
    const row = (w - PADDING) / (size * LETTER)
    const rows = lines.reduce((n, line) => n + Math.max(Math.ceil(line.length / row), 1), 0)
    return longest <= row && rows <= Math.floor((h - PADDING) / (size * LINE))
  })
  return step < 0 ? STEPS : step + 1
}

function setStep(element: HTMLElement, step: number): void {
  const value = String(Math.min(step, STEPS))
  if (element.dataset['fit'] !== value) element.dataset['fit'] = value
  element.toggleAttribute('data-over', step === OVER)
}

/** The style sheet keeps the text within its note; what is cut off shows here. */
function overflows({ text }: Fittable): boolean {
  return text.scrollHeight > text.clientHeight || text.scrollWidth > text.clientWidth
}
