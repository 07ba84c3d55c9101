// Showing a board to a room: nothing but the notes, as large as the screen has
// room for, frame by frame, or note by note where there are no frames. Nothing
// can be changed meanwhile; Esc leaves.

import style from '../../css/present.css'
import { outline } from '../notes/frames.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { fit } from './camera.ts'
import { focusQuietly } from './focus.ts'
import { iconButton } from './icon-button.ts'
import { wear } from './later.ts'
import { make } from './page.ts'
import type { ToolName } from './tool.ts'
import { shorten } from './words.ts'

wear(style)

const ROOM = { top: 24, side: 24, bottom: 72 } // pixels around what is shown
const LARGEST = 3 // times its size

let now: Presentation | null = null

export function presenting(board: Board): void {
  board.actions.add({
    id: 'present', title: say('Present'), group: 'board', keys: 'Alt+P', also: say('slides full screen show'),
    run: () => (now ??= new Presentation(board)).begin(() => (now = null)),
  })
  board.desk.onResize(() => now?.show())
}

interface Stop {
  readonly id: string | null // null: the whole board
  readonly words: string
}

class Presentation {
  private readonly bar = make('div', 'island')
  private readonly count = make('output', 'present-count')
  private readonly listening = new AbortController()
  private stop: Stop = { id: null, words: '' }
  private tool: ToolName = 'select'
  private left = (): void => {}

  constructor(private readonly board: Board) {
    this.bar.id = 'present'
    this.bar.setAttribute('role', 'toolbar')
    this.bar.setAttribute('aria-label', say('Present'))
    this.bar.append(
      iconButton('up', say('The one before (Page up)'), () => this.step(-1)), this.count,
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
    document.documentElement.requestFullscreen?.().catch(() => undefined)
    focusQuietly(board.page.desk)
    this.show()
    board.announcer.now(say('Presenting. Page up and Page down go on, Escape leaves.'))
  }

  /** Goes to where it is at, as large as it fits. */
  show(): void {
    const { desk, stage } = this.board
    const stops = this.stops()
    const at = Math.max(0, stops.findIndex((s) => s.id === this.stop.id))
    this.count.textContent = say('{at} of {n}', { at: at + 1, n: stops.length })
    const area = this.stop.id === null ? stage.extent() : stage.place(this.stop.id)
    if (area) desk.glide(fit(area, desk.size, ROOM, LARGEST))
  }

  private stops(): Stop[] {
    const sections = outline(this.board.client.view.live())
    const frames = sections.flatMap(({ frame }) => frame ?? [])
    const notes = frames.length > 0 ? frames : sections.flatMap((s) => s.notes)
    return [{ id: null, words: say('The whole board') }, ...notes.map(({ id, text }) => ({ id, words: shorten(text.trim(), 300) }))]
  }

  private step(by: number): void {
    const stops = this.stops()
    const at = stops.findIndex((s) => s.id === this.stop.id)
    this.stop = stops[Math.min(Math.max(at + by, 0), stops.length - 1)]!
    this.show()
    this.board.announcer.now(`${this.count.textContent}: ${this.stop.words}`)
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
    this.bar.remove()
    document.body.toggleAttribute('data-presenting', false)
    this.board.tool.choose(this.tool === 'hand' ? 'hand' : 'select')
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined)
    focusQuietly(this.board.page.desk)
    this.left()
  }
}

const STEPS: Record<string, number> = {
  PageDown: 1, ArrowRight: 1, ArrowDown: 1, ' ': 1, Enter: 1,
  PageUp: -1, ArrowLeft: -1, ArrowUp: -1, Backspace: -1,
  Home: -Infinity, End: Infinity,
}
