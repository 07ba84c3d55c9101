// Four buttons with a plus around a note that is pointed at or selected, where
// there is room: each makes the next note on its side, of the same colour and
// size. The keys for the same, Tab and Ctrl+Enter, go on to a note that lies there.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { centre, grow, holdsPoint, type Rect } from './geometry.ts'
import type { Direction } from './nearest.ts'
import { neighbourOf, reach } from './neighbour.ts'
import { hide, make } from './page.ts'
import type { Pinned } from './pinned.ts'
import { noteOf } from './pointer.ts'

const SIDES: readonly Direction[] = ['Up', 'Right', 'Down', 'Left']
const FROM_EDGE = 30 // pixels from the note's edge to a button's middle
const REACH = 46 // pixels around the note in which its buttons stay
const REST = 150 // ms that a pointer rests on a note before it is asked
const FAR = 0.25 // zoom below which they would only be in the way
const LOW = 0.5 // zoom below which there is room for the lowest only

/** The sides that have a button at this zoom. */
export function sidesAt(zoom: number): readonly Direction[] {
  return zoom < FAR ? [] : zoom < LOW ? ['Down'] : SIDES
}

/** Puts them on the page; the note that is pointed at by now has them at once. */
export function pluses(board: Board, pinned: Pinned): void {
  const plus = new Plus(board, pinned)
  const redo = (): void => board.frame.ask('overlay', plus.draw)
  board.selection.onChange(() => {
    plus.leave() // a pointer that only lies there means nothing any more
    redo()
  })
  board.editor.onChange(redo)
  board.client.onRole(redo)
  board.tool.onChange(redo)
  board.stage.onPaint(redo)
  pinned.onZoom(plus.draw)
  const { desk } = board.page
  for (const type of ['pointerdown', 'pointerup', 'pointercancel']) desk.addEventListener(type, redo)
  desk.addEventListener('pointermove', (e) => plus.point(e))
  desk.addEventListener('pointerleave', () => plus.leave())
  redo()
}

class Plus {
  private readonly buttons: ReadonlyMap<Direction, HTMLButtonElement>
  private over: string | undefined // the note pointed at
  private coming: string | undefined // the note that the pointer rests on, for not long enough yet
  private timer = 0

  constructor(
    private readonly board: Board,
    private readonly pinned: Pinned,
  ) {
    this.buttons = new Map(SIDES.map((side) => [side, this.button(side)]))
  }

  private button(side: Direction): HTMLButtonElement {
    const button = make('button', 'plus')
    button.type = 'button'
    button.tabIndex = -1 // Tab in a note is the way for keys
    button.hidden = true
    button.setAttribute('aria-label', nameOf(side))
    button.addEventListener('click', () => {
      const id = this.target
      if (id) reach(this.board, id, side)
    })
    this.pinned.layer.append(button)
    return button
  }

  /** The note that the buttons stand around; frames have none. */
  private get target(): string | undefined {
    const id = this.over ?? this.board.selection.only
    return id && this.board.stage.note(id)?.kind === undefined ? id : undefined
  }

  point(e: PointerEvent): void {
    if (e.pointerType !== 'mouse' || this.board.pointer.busy || isPlus(e)) return
    const note = noteOf(e)
    if (note === this.over && note === this.coming) return
    if (!note && this.isNear(e)) return
    this.coming = note
    clearTimeout(this.timer)
    if (note) this.timer = window.setTimeout(() => this.set(note), REST)
    else this.set(undefined)
  }

  leave(): void {
    clearTimeout(this.timer)
    this.coming = undefined
    this.set(undefined)
  }

  private set(note: string | undefined): void {
    if (this.over === note) return
    this.over = note
    this.board.frame.ask('overlay', this.draw)
  }

  /** Whether the pointer is on its way from the note to a button. */
  private isNear(e: PointerEvent): boolean {
    const place = this.over && this.board.stage.place(this.over)
    return !!place && holdsPoint(grow(place, REACH / this.board.desk.camera.zoom), this.board.desk.board(e))
  }

  readonly draw = (): void => {
    const id = this.shows() ? this.target : undefined
    const place = id && !this.board.stage.note(id)?.kind ? this.board.stage.place(id) : undefined
    const sides = place ? sidesAt(this.board.desk.camera.zoom) : []
    for (const [side, button] of this.buttons) {
      const hidden = !sides.includes(side) || !!neighbourOf(this.board, id!, side)
      hide(button, hidden)
      if (!hidden) this.put(button, place as Rect, side)
    }
    this.pinned.carry()
  }

  private shows(): boolean {
    const { board } = this
    return board.canEdit() && !board.pointer.busy && !board.editor.id && board.tool.current === 'select'
  }

  private put(button: HTMLElement, r: Rect, side: Direction): void {
    const { zoom } = this.board.desk.camera
    const [x, y] = this.pinned.at(centre(r))
    const [dx, dy] = [(r.w / 2) * zoom + FROM_EDGE, (r.h / 2) * zoom + FROM_EDGE]
    const left = x + (side === 'Right' ? dx : side === 'Left' ? -dx : 0)
    const top = y + (side === 'Down' ? dy : side === 'Up' ? -dy : 0)
    button.style.transform = `translate(${left}px, ${top}px) translate(-50%, -50%)`
  }
}

function isPlus(e: Event): boolean {
  return e.target instanceof Element && e.target.closest('.plus') !== null
}

function nameOf(side: Direction): string {
  switch (side) {
    case 'Up':
      return say('Note above')
    case 'Right':
      return say('Note on the right')
    case 'Down':
      return say('Note below')
    case 'Left':
      return say('Note on the left')
  }
}
