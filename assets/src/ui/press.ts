// A press on a note or on the desk, until it is clear what it becomes: a click,
// a double click, a drag, a marquee. On a touch screen one finger pans, unless
// it lies on a selected note; a long press selects, and goes on as a drag, or from
// the empty desk as a marquee. A pen does what a mouse does.

import type { Board } from './board.ts'
import { createAt } from './create.ts'
import { dragGesture } from './drag.ts'
import { distance, holdsPoint, type Point } from './geometry.ts'
import { isLocked, unlocked } from './lock.ts'
import { marqueeGesture } from './marquee.ts'
import { panGesture } from './pan.ts'
import { isMac } from './platform.ts'
import { connectorOf, type Gesture, noteOf } from './pointer.ts'
import { toggleWhole, whole } from './whole.ts'

const SLACK = 4 // pixels that a click may wander
const TOUCH_SLACK = 8
const DOUBLE = 400 // ms between the taps of a double tap
const LONG = 500 // ms until a finger's press selects

interface Tap {
  readonly at: Point
  readonly time: number
  readonly note: string | undefined
}

/** Tells a finger's double tap; for a mouse the system knows what its person calls a double click. */
export function isDouble(first: Tap | null, second: Tap): boolean {
  return isSame(first, second) && second.time - first.time < DOUBLE
}

function isSame(first: Tap | null, second: Tap): first is Tap {
  return first !== null && first.note === second.note && distance(first.at, second.at) < 2 * TOUCH_SLACK
}

export function pressing(board: Board): void {
  let last: Tap | null = null
  let before: Tap | null = null
  board.pointer.add((e) => {
    if (e.button !== 0 || (isMac && e.ctrlKey)) return null // that asks for a menu
    return new Press(board, e, (tap) => {
      const double = e.pointerType !== 'mouse' && isDouble(last, tap)
      before = last
      last = double ? null : tap
      if (double) doubleClick(board, e, tap.note)
    })
  })
  board.page.desk.addEventListener('dblclick', (e) => {
    if (last && isSame(before, last) && !isField(e)) doubleClick(board, e, last.note)
    last = null
  })
  let byKey = false
  document.addEventListener('keydown', () => (byKey = true), true)
  document.addEventListener('pointerdown', () => (byKey = false), true)
  if (board.mode === 'board') board.page.desk.addEventListener('contextmenu', (e) => askForMenu(board, e, byKey))
}

/** The menu where a right-click, or the key for it, asks for one; links, bars and text that is written keep the browser's. */
function askForMenu(board: Board, e: MouseEvent, byKey: boolean): void {
  const { selection, pointer, page } = board
  const target = e.target as Element
  const id = noteOf(e) ?? connectorOf(e) ?? (byKey ? undefined : drawnNote(board, e))
  const isTouch = (e as PointerEvent).pointerType === 'touch' // a long press selects
  if (isTouch || (id && board.editor.id === id) || target.closest('a, .island')) return
  e.preventDefault()
  if (pointer.busy) return
  if (id && !selection.has(id)) selection.set(whole(board, [id]))
  // Handles belong to what is selected.
  else if (!id && !byKey && !page.overlay.contains(target)) selection.clear()
  board.actions.run('menu', byKey ? undefined : board.desk.board(e))
}

/** In a field a double click takes a word, as anywhere. */
function isField(e: Event): boolean {
  return e.target instanceof Element && e.target.closest('textarea, button') !== null
}

function doubleClick(board: Board, e: MouseEvent, note: string | undefined): void {
  if (!board.canEdit()) return
  const at = board.desk.board(e)
  if (note && !isGround(board, note, at)) board.editor.begin(note, caretUnder(e) ?? 'end')
  else createAt(board, at)
}

/** A selected frame takes presses with all of it, but what lies within its edge is ground for notes. */
function isGround({ stage }: Board, id: string, at: Point): boolean {
  const note = stage.note(id)
  return note?.kind === 'frame' && holdsPoint(note, at)
}

class Press implements Gesture {
  private inner: Gesture | null = null
  private readonly note: string | undefined
  private readonly touch: boolean
  private readonly again: boolean // its note was selected before
  private longTimer = 0

  constructor(
    private readonly board: Board,
    private readonly start: PointerEvent,
    private readonly onTap: (tap: Tap) => void,
  ) {
    this.note = noteOf(start) ?? drawnNote(board, start)
    this.touch = start.pointerType === 'touch'
    this.again = this.note !== undefined && board.selection.has(this.note)
    if (this.touch) this.longTimer = window.setTimeout(() => this.longPress(), LONG)
    else if (this.note && !this.again && !start.shiftKey) board.selection.set(this.meant(this.note))
  }

  move(e: PointerEvent): void {
    if (!this.inner && distance([e.clientX, e.clientY], [this.start.clientX, this.start.clientY]) > this.slack()) {
      this.inner = this.become(e)
    }
    this.inner?.move?.(e)
  }

  end(e: PointerEvent): void {
    clearTimeout(this.longTimer)
    if (this.inner) return this.inner.end?.(e)
    if (this.longTimer === -1) return // the long press was all there was to it
    this.tap()
    this.onTap({ at: [e.clientX, e.clientY], time: e.timeStamp, note: this.note })
  }

  cancel(): void {
    clearTimeout(this.longTimer)
    this.inner?.cancel?.()
  }

  private slack(): number {
    return this.touch ? TOUCH_SLACK : SLACK
  }

  private become(e: PointerEvent): Gesture {
    clearTimeout(this.longTimer)
    const { board, note } = this
    const may = board.canEdit()
    if (!may) return panGesture(board, this.start)
    if (note && isLocked(board, note) && !e.altKey) unlocked(board, [note])
    else if (note && (!this.touch || board.selection.has(note))) {
      if (!board.selection.has(note)) board.selection.add(whole(board, [note]))
      return dragGesture(board, this.start, e.altKey)
    }
    return this.touch ? panGesture(board, this.start) : marqueeGesture(board, this.start)
  }

  /** A click selects; with Shift it adds or takes away. */
  private tap(): void {
    const { selection } = this.board
    if (!this.note) {
      if (!this.start.shiftKey) selection.clear()
    } else if (this.start.shiftKey) {
      toggleWhole(this.board, this.note)
    } else {
      const meant = this.meant(this.note)
      // A click on a group that is selected already goes on into it.
      const into = this.again && selection.size === meant.size && selection.size > 1
      if (into || !this.again || selection.only !== this.note) selection.set(into ? [this.note] : meant)
      linkOf(this.start)?.click()
    }
  }

  /** What a press on the note is meant for: with Ctrl the note alone, else its group. */
  private meant(note: string): Set<string> {
    return this.start.ctrlKey || this.start.metaKey ? new Set([note]) : whole(this.board, [note])
  }

  private longPress(): void {
    this.longTimer = -1
    if (this.inner) return
    if (this.note) this.board.selection.add(whole(this.board, [this.note]))
    else if (this.board.canEdit()) this.inner = marqueeGesture(this.board, this.start)
    navigator.vibrate?.(10)
  }
}

/** The link in a note's text that was pressed. One can drag a note by its links, so the desk has the click. */
function linkOf(e: PointerEvent): HTMLElement | null {
  return e.target instanceof Element ? e.target.closest<HTMLElement>('.note-link') : null
}

/** Far out on a crowded board a note is only drawn: it is found by its place. */
function drawnNote(board: Board, e: MouseEvent): string | undefined {
  if (!board.stage.isSparse) return undefined
  const [x, y] = board.desk.board(e)
  const { stage } = board
  return stage.topmost([...stage.touching({ x, y, w: 0, h: 0 })].filter((id) => !stage.element(id)))
}

/** The place in the text under the pointer. */
function caretUnder(e: MouseEvent): number | null {
  const at = document.caretPositionFromPoint?.(e.clientX, e.clientY)
  return at && at.offsetNode.nodeType === Node.TEXT_NODE ? at.offset : null
}
