// Showing a board to a room: nothing but the notes, as large as the screen has
// room for, frame by frame, or note by note where there are no frames. Nothing
// can be changed meanwhile; Esc leaves, to where one was before.

import style from '../../css/present.css'
import { outline } from '../notes/frames.ts'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { type Camera, fit } from './camera.ts'
import { focusQuietly } from './focus.ts'
import { clamp, type Rect } from './geometry.ts'
import { iconButton } from './icon-button.ts'
import { wear } from './later.ts'
import { make } from './page.ts'
import type { ToolName } from './tool.ts'
import { shorten } from './words.ts'

wear(style)

const ROOM = { top: 48, side: 24, bottom: 72 } // pixels around what is shown: above a frame stands its name
const LARGEST = 3 // times its size
const GATHER = 150 // ms in which changes are taken together

let now: Presentation | null = null

export function presenting(board: Board): void {
  board.actions.add({
    id: 'present', title: say('Present'), group: 'board', keys: 'Alt+P', also: say('slides full screen show'),
    run: () => (now ??= new Presentation(board)).begin(() => (now = null)),
  })
  board.desk.onResize(() => now?.fitAgain())
}

interface Stop {
  readonly id: string | null // null: the whole board
  readonly words: string
}

class Presentation {
  private readonly bar = make('div', 'island')
  private readonly output = make('output', 'present-count')
  private readonly listening = new AbortController()
  private stops: readonly Stop[] = []
  private at = 0
  private shown: Rect | null = null // what was looked at last
  private view: Camera | null = null // from where
  private waiting = 0
  private readonly before: Camera
  private tool: ToolName = 'select'
  private left = (): void => {}

  constructor(private readonly board: Board) {
    this.before = board.desk.goal
    this.bar.id = 'present'
    this.bar.setAttribute('role', 'toolbar')
    this.bar.setAttribute('aria-label', say('Present'))
    this.bar.append(
      iconButton('up', say('The one before (Page up)'), () => this.step(-1)), this.output,
      iconButton('down', say('The next one (Page down)'), () => this.step(1)), iconButton('close', say('Leave (Esc)'), () => this.leave()),
    )
  }

  begin(left: () => void): void {
    const { board } = this
    const { signal } = this.listening
    this.left = left
    this.tool = board.tool.current
    board.selection.clear()
    board.tool.choose('hand')
    document.body.toggleAttribute('data-presenting', true)
    document.body.append(this.bar)
    for (const type of ['keydown', 'keyup'] as const) document.addEventListener(type, (e) => this.key(e), { capture: true, signal })
    document.addEventListener('fullscreenchange', () => document.fullscreenElement || this.leave(), { signal })
    signal.addEventListener('abort', board.client.onChange(() => (this.waiting ||= window.setTimeout(() => this.followChanges(), GATHER))))
    document.documentElement.requestFullscreen?.().catch(() => undefined)
    focusQuietly(board.page.desk)
    this.show()
    board.announcer.now(say('Presenting. Page up and Page down go on, Escape leaves.'))
  }

  /** Goes to where it is at, as large as it fits. */
  show(): void {
    this.count()
    this.look()
  }

  /** Counts anew. Where the one it was at is gone, it is at the one that took its place. */
  private count(): void {
    const id = this.stops[this.at]?.id
    this.stops = stopsOf(this.board.client.view.live())
    const at = this.stops.findIndex((s) => s.id === id)
    this.at = at >= 0 ? at : Math.min(this.at, this.stops.length - 1)
    const words = say('{at} of {n}', { at: this.at + 1, n: this.stops.length })
    if (this.output.textContent !== words) this.output.textContent = words
  }

  private look(): void {
    const { desk } = this.board
    this.shown = this.place()
    if (this.shown) desk.glide((this.view = fit(this.shown, desk.size, ROOM, LARGEST)))
  }

  private place(): Rect | null {
    const id = this.stops[this.at]?.id
    return (id ? this.board.stage.place(id) : this.board.stage.extent()) ?? null
  }

  /** The screen has another size. */
  fitAgain(): void {
    if (this.isUntouched) this.look()
  }

  /** Whether nobody moved the view by hand since it came where it is. */
  private get isUntouched(): boolean {
    return this.board.desk.goal === this.view
  }

  /** Looks again where what is shown has another place, unless somebody moved the view by hand. */
  private followChanges(): void {
    this.waiting = 0
    this.count()
    const [was, is] = [this.shown, this.place()]
    const isSame = was && is && was.x === is.x && was.y === is.y && was.w === is.w && was.h === is.h
    if (!isSame && this.isUntouched) this.look()
  }

  private step(by: number): void {
    this.count()
    this.at = clamp(this.at + by, 0, this.stops.length - 1)
    this.show()
    this.board.announcer.now(`${this.output.textContent}: ${this.stops[this.at]!.words}`)
  }

  /** All keys are this one's, but for the zoom, the bar's own and what belongs to the browser. */
  private key(e: KeyboardEvent): void {
    const zooms = (e.ctrlKey || e.metaKey) && /^[-+=0]$/.test(e.key)
    const onButton = (e.key === 'Enter' || e.key === ' ') && e.target instanceof HTMLButtonElement
    if (zooms || onButton || e.key === 'Tab') return
    e.stopImmediatePropagation()
    if (e.type === 'keyup' || e.ctrlKey || e.metaKey || e.altKey) return
    const by = STEPS[e.key]
    if (by !== undefined) this.step(by)
    else if (e.key === 'Escape') this.leave()
    else return
    e.preventDefault()
  }

  private leave(): void {
    this.listening.abort()
    clearTimeout(this.waiting)
    if (this.isUntouched) this.board.desk.glide(this.before)
    this.bar.remove()
    document.body.toggleAttribute('data-presenting', false)
    this.board.tool.choose(this.tool === 'hand' ? 'hand' : 'select')
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
    focusQuietly(this.board.page.desk)
    this.left()
  }
}

/** The whole board, and then frame by frame, or note by note where there are no frames. */
function stopsOf(live: readonly Note[]): Stop[] {
  const sections = outline(live)
  const frames = sections.flatMap(({ frame }) => frame ?? [])
  const notes = frames.length > 0 ? frames : sections.flatMap((s) => s.notes)
  return [{ id: null, words: say('The whole board') }, ...notes.map(({ id, text }) => ({ id, words: shorten(text.trim(), 300) }))]
}

const STEPS: Record<string, number> = {
  PageDown: 1, ArrowRight: 1, ArrowDown: 1, ' ': 1, Enter: 1,
  PageUp: -1, ArrowLeft: -1, ArrowUp: -1, Backspace: -1,
  Home: -Infinity, End: Infinity,
}
