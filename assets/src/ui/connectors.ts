// Connectors on the page: arrows that follow the notes they tie, with a label.
// They are drawn in one SVG below the notes, and their labels stand above the
// notes: a short arrow has no room for its own. Loaded once a board has one, or
// somebody is about to draw one.

import style from '../../css/connectors.css'
import type { Note } from '../notes/note.ts'
import { isLive } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Change } from '../sync/types.ts'
import { type Arrow, arrowBetween, labelPlace, pathOf } from './arrow.ts'
import { arrowName } from './arrow-name.ts'
import type { Board } from './board.ts'
import { grow, holdsRect, meets, type Rect, rectOf } from './geometry.ts'
import { LabelBar } from './label.ts'
import { wear } from './later.ts'
import { make } from './page.ts'
import { oneLine, shorten } from './words.ts'

wear(style)

const MARGIN = 400 // screen pixels around the view in which arrows are drawn too
const LONGEST = 60 // characters of a label that are shown
const NS = 'http://www.w3.org/2000/svg'

export class Connectors {
  private readonly svg = svg('svg', 'connectors')
  private readonly known = new Map<string, Note>()
  private readonly shown = new Map<string, Shown>()
  private readonly bar: LabelBar
  private window: Rect | null = null

  constructor(private readonly board: Board) {
    this.svg.setAttribute('role', 'list')
    this.svg.setAttribute('aria-label', say('Connections'))
    board.page.plane.append(this.svg)
    this.bar = new LabelBar(board, (id) => this.arrowOf(id))
    this.take({ all: true, notes: new Set(), removed: new Set() })
    const draw = (): void => board.frame.ask('overlay', this.draw)
    board.client.onChange((change) => this.take(change))
    board.stage.onPaint(draw)
    board.selection.onChange(draw)
    board.desk.onMove(() => this.window && !holdsRect(this.window, board.desk.visible) && draw())
  }

  /** The ids of the connectors whose two ends are there. */
  get ids(): string[] {
    return [...this.known.keys()].filter((id) => this.arrowOf(id))
  }

  /** Begins to write the label of the selected connector. */
  write(): void {
    this.bar.focus()
  }

  arrowOf(id: string): Arrow | null {
    const note = this.known.get(id)
    const [from, to] = [this.board.stage.place(note?.from ?? ''), this.board.stage.place(note?.to ?? '')]
    return from && to ? arrowBetween(from, to) : null
  }

  private take(change: Pick<Change, 'all' | 'notes' | 'removed'>): void {
    const { notes } = this.board.client.view
    if (change.all) this.known.clear()
    for (const id of change.all ? notes.keys() : [...change.notes, ...change.removed]) {
      const note = notes.get(id)
      if (note?.kind === 'connector' && isLive(note)) this.known.set(id, note)
      else this.known.delete(id)
    }
    this.board.frame.ask('overlay', this.draw)
  }

  private readonly draw = (): void => {
    const { desk } = this.board
    const window = (this.window = grow(desk.visible, MARGIN / desk.camera.zoom))
    for (const id of this.shown.keys()) if (!this.known.has(id)) this.drop(id)
    for (const [id, note] of this.known) {
      const arrow = this.arrowOf(id)
      if (arrow && meets(rectOf(arrow.from, arrow.to), window)) this.show(id, note, arrow)
      else this.drop(id)
    }
    this.bar.draw()
  }

  private show(id: string, note: Note, arrow: Arrow): void {
    let shown = this.shown.get(id)
    if (!shown) {
      this.shown.set(id, (shown = new Shown(id)))
      this.svg.append(shown.element)
      this.board.page.plane.append(shown.label)
    }
    shown.put(note, arrow, this.nameOf(note), this.board.selection.has(id))
  }

  private drop(id: string): void {
    this.shown.get(id)?.remove()
    this.shown.delete(id)
  }

  private nameOf(note: Note): string {
    const [from, to] = [this.board.stage.note(note.from ?? ''), this.board.stage.note(note.to ?? '')]
    return from && to ? arrowName(from, to, note.text) : ''
  }
}

/** One connector's elements, changed only where it changed. */
class Shown {
  readonly element = svg('g', 'connector')
  private readonly hit = svg('path', 'connector-hit')
  private readonly line = svg('path', 'connector-line')
  readonly label = make('div', 'connector-label')
  private before = ''

  constructor(id: string) {
    this.element.dataset['connector'] = this.label.dataset['connector'] = id
    this.element.setAttribute('role', 'listitem')
    this.element.append(this.hit, this.line)
    this.label.setAttribute('aria-hidden', 'true') // the arrow's name has it
    this.label.dir = 'auto'
  }

  put(note: Note, arrow: Arrow, name: string, selected: boolean): void {
    const path = pathOf(arrow)
    const now = `${path} ${name} ${note.color} ${selected}`
    if (now === this.before) return
    this.before = now
    this.hit.setAttribute('d', path)
    this.line.setAttribute('d', path)
    this.element.setAttribute('aria-label', name)
    this.element.dataset['color'] = note.color
    this.element.classList.toggle('is-selected', selected)
    this.label.classList.toggle('is-selected', selected)
    this.putLabel(shorten(oneLine(note.text), LONGEST), arrow)
  }

  private putLabel(words: string, arrow: Arrow): void {
    const { label } = this
    label.hidden = words === ''
    if (label.hidden) return
    if (label.textContent !== words) label.textContent = words
    const { at: [x, y], side, most } = labelPlace(arrow, words)
    label.dataset['side'] = side
    label.style.setProperty('--most', most ? `${most}px` : '')
    label.style.translate = `${x}px ${y}px`
  }

  remove(): void {
    this.element.remove()
    this.label.remove()
  }
}

export function svg<K extends 'svg' | 'g' | 'path'>(tag: K, className: string): SVGElementTagNameMap[K] {
  const element = document.createElementNS(NS, tag)
  element.setAttribute('class', className)
  return element
}
