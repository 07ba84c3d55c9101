// The keyboard's way over the board. Tab comes to the desk and to one note, and
// leaves again; arrows go from note to note; Space selects, Enter writes.

import type { Board } from './board.ts'
import { toBoard } from './camera.ts'
import { centre, holdsPoint, type Point, type Rect } from './geometry.ts'
import { type Direction, nearest } from './nearest.ts'
import { noteOf } from './pointer.ts'
import { bringToLight } from './writing.ts'

const LAST = 1e9 // board units, farther than any note is

/** The note that has the focus. */
export function focusedNote(board: Board): string | undefined {
  const active = document.activeElement
  const id = active instanceof HTMLElement ? active.dataset['id'] : undefined
  return id && board.stage.element(id) === active ? id : undefined
}

/** The note that shows that it has the focus. */
export function shownFocus(board: Board): string | undefined {
  return document.activeElement?.matches(':focus-visible') ? focusedNote(board) : undefined
}

/** Tells whether something can be done. With nothing selected it is meant for the note in focus, which is then selected. */
export function canWithFocused(board: Board, can: () => boolean): boolean {
  if (can()) return true
  const { selection } = board
  const id = selection.size === 0 && shownFocus(board)
  if (!id || !selection.as([id], can)) return false
  selection.set([id])
  return true
}

/** Focuses the nearest note in a direction, from the focused one or from the middle of the view. */
export function focusFrom(board: Board, to: Direction): void {
  const from = focusedNote(board)
  const place = from ? board.stage.place(from) : undefined
  const next = place
    ? nearest(centre(place), others(board, from), to)
    : mostCentral(board, toBoard(board.desk.camera, board.desk.middle()))
  walkTo(board, next)
}

export function focusNote(board: Board, id: string): void {
  board.stage.pin(id)
  board.stage.touch([id]) // it may have no element yet
  board.stage.flush()
  board.stage.element(id)?.focus({ preventScroll: true })
  board.stage.unpin(id)
  const place = board.stage.place(id)
  if (place) bringToLight(board, place)
}

/** Takes the focus along to what was made of notes: it would show the one before beside the selected one. */
export function focusMade(board: Board, id: string | undefined): void {
  if (!id || !focusedNote(board)) return
  board.stage.flush()
  board.stage.element(id)?.focus({ preventScroll: true })
}

/**
 * Has who gets about by keys stay where they are on the board: at what came back
 * there, or, when the note in focus is gone, at the one that is nearest now.
 */
export function refocus(board: Board, back?: string): void {
  const { page, stage } = board
  if (!byKeys || !page.desk.contains(document.activeElement)) return
  stage.flush()
  if (back) focusNote(board, back)
  else page.plane.querySelector<HTMLElement>('.note[tabindex="0"]')?.focus({ preventScroll: true })
}

function* others(board: Board, but?: string): Generator<readonly [string, Rect]> {
  for (const id of board.stage.ids()) if (id !== but) yield [id, board.stage.place(id)!]
}

/** A frame only where there is nothing else: it may be around them all. */
function mostCentral(board: Board, [x, y]: Point): string | undefined {
  let best: string | undefined
  let least = Infinity
  for (const [id, r] of others(board)) {
    const [cx, cy] = centre(r)
    const d = board.stage.note(id)!.kind ? LAST : holdsPoint(r, [x, y]) ? 0 : Math.hypot(cx - x, cy - y)
    if (d < least) [least, best] = [d, id]
  }
  return best
}

export function focusing(board: Board): void {
  document.addEventListener('keydown', (e) => (byKeys ||= e.key === 'Tab'), true)
  document.addEventListener('pointerdown', () => (byKeys = false), true)
  const roving = new Roving(board)
  board.page.desk.role = 'application' // or a screen reader would keep arrows and letters to itself, to read a page by
  board.page.desk.addEventListener('focusin', (e) => {
    const id = noteOf(e)
    if (!id) return
    roving.to(id)
    const place = e.target instanceof Element && e.target.matches('.note:focus-visible') && board.stage.place(id)
    if (place) bringToLight(board, place) // Tab comes to it wherever it is
  })
  board.stage.onRender((id, element) => {
    if (id === roving.current) element.tabIndex = 0
  })
  board.stage.onPaint(() => roving.check())
  roving.check()
}

/** Goes there by keys. */
export function walkTo(board: Board, id: string | undefined): void {
  byKeys = true
  if (id) focusNote(board, id)
}

/** Keeps exactly one note in the order of Tab, and that one on the page: when it goes, the one nearest to where it was. */
class Roving {
  current: string | null = null
  private place: Rect | null = null // of that one, when it was seen last

  constructor(private readonly board: Board) {}

  to(id: string): void {
    if (this.current === id) return
    this.leave()
    this.current = id
    this.board.stage.pin(id)
    this.reach(id, 0)
  }

  check(): void {
    const { stage } = this.board
    const place = this.current && stage.place(this.current)
    if (place) return void (this.place = place)
    this.leave()
    const next = this.place ? mostCentral(this.board, centre(this.place)) : stage.ids()[0]
    if (next) this.to(next)
  }

  /** The note, and what can be followed or ticked in it. */
  private reach(id: string, tabIndex: 0 | -1): void {
    const element = this.board.stage.element(id)
    if (!element) return
    element.tabIndex = tabIndex
    for (const stop of element.querySelectorAll<HTMLElement>('.note-link, .note-task')) stop.tabIndex = tabIndex
  }

  private leave(): void {
    if (!this.current) return
    this.reach(this.current, -1)
    this.board.stage.unpin(this.current)
    this.current = null
  }
}

let byKeys = false // whether this person gets about by keys

/** Keys go to the board; the ring around all of it shows only to who gets about by them. */
export function focusQuietly(desk: HTMLElement): void {
  desk.style.boxShadow = byKeys ? '' : 'none'
  desk.focus({ preventScroll: true })
  const loud = (e: Event): void => {
    // Another window is not another place on this page.
    if (e instanceof KeyboardEvent ? e.key !== 'Tab' : !document.hasFocus()) return
    desk.style.boxShadow = ''
    desk.removeEventListener('blur', loud)
    document.removeEventListener('keydown', loud, true)
  }
  desk.addEventListener('blur', loud)
  document.addEventListener('keydown', loud, true)
}
