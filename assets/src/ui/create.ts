// New notes: where the pointer is or in the middle, written in at once.

import { defaultColor, defaultSize, maxCoord } from '../notes/limits.ts'
import { newId } from '../notes/id.ts'
import type { CreateOp } from '../notes/op.ts'
import { between } from '../notes/zorder.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { onBoard } from './bounded.ts'
import { toBoard } from './camera.ts'
import type { Point, Rect } from './geometry.ts'

export const GAP = 20 // board units between a note and the next
const STEP = defaultSize + GAP // from a note that would be hidden to the place beside it

let color: string = defaultColor
let pointer: Point | null = null // on the screen; null while no mouse is over the desk

/** The colour of the next note: the one that was used last. */
export function lastColor(): string {
  return color
}

/** Where the pointer is on the board, or the middle of what is seen of it. */
export function underPointer(board: Board): Point {
  return toBoard(board.desk.camera, pointer ?? board.desk.middle())
}

/** What the next note takes after. */
export function rememberColor(used: string): void {
  color = used
}

/** The op that makes a note with this place, on top of all others. */
export function createOp(board: Board, place: Rect, color: string, text = ''): CreateOp {
  return {
    kind: 'note.create',
    note: newId(),
    x: onBoard(place.x),
    y: onBoard(place.y),
    w: place.w,
    h: place.h,
    color,
    z: between(board.stage.highest()?.z ?? null, null),
    text,
  }
}

/** Makes a note with its middle at a board point and begins to write in it. */
export function createAt(board: Board, [x, y]: Point, color = lastColor()): void {
  const half = defaultSize / 2
  write(board, createOp(board, { x: x - half, y: y - half, w: defaultSize, h: defaultSize }, color))
}

/** Submits a new note, selects it, and begins to write in it. */
export function write(board: Board, op: CreateOp): void {
  if (!board.canEdit()) return
  rememberColor(op.color)
  if (board.tool.color) board.tool.choose('select')
  board.client.submit(op)
  if (!board.stage.note(op.note)) return // refused, and told so
  open(board, op.note)
}

/** Selects a note and writes in it. */
export function open(board: Board, id: string, caret: 'all' | 'end' = 'end'): void {
  board.selection.set([id])
  board.editor.begin(id, caret)
}

export function creating(board: Board): void {
  const { desk } = board.page
  desk.addEventListener('pointermove', (e) => (pointer = e.pointerType === 'mouse' ? board.desk.screen(e) : null))
  desk.addEventListener('pointerleave', () => (pointer = null))
  board.actions.add({
    id: 'note.create', title: say('New note'), group: 'notes', keys: 'N S', edits: true, ways: [say('Double-click')],
    run: (e, at) => createAt(board, at ?? besideOthers(board, toBoard(board.desk.camera, (e && pointer) || board.desk.middle()))),
  })
}

/** In the middle of the view, or beside what is there already. */
export function createInMiddle(board: Board, color: string): void {
  createAt(board, besideOthers(board, toBoard(board.desk.camera, board.desk.middle())), color)
}

/** That point, or the next one on the right from which a new note does not hide another. */
function besideOthers(board: Board, [x, y]: Point): Point {
  while (x < maxCoord && isTaken(board, [x, y])) x += STEP
  return [x, y]
}

/** Whether a note has its middle so near that it would be hidden. */
function isTaken(board: Board, [x, y]: Point): boolean {
  for (const id of board.stage.touching({ x, y, w: 0, h: 0 })) {
    const r = board.stage.place(id)!
    if (Math.abs(r.x + r.w / 2 - x) < STEP / 2 && Math.abs(r.y + r.h / 2 - y) < STEP / 2) return true
  }
  return false
}
