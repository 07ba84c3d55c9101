// What can be done with notes from their list, wherever on the board they are.

import type { Delta } from '../notes/delta.ts'
import { defaultSize } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { onBoard } from './bounded.ts'
import { createOp, lastColor } from './create.ts'
import type { Size } from './camera.ts'
import { growToText } from './grow.ts'
import { holdsPoint, centre, type Rect } from './geometry.ts'
import { deletedWords } from './remove.ts'
import { roomBeside, roomIn } from './room.ts'
import { send, sendSets } from './send.ts'

/** Types into a note, which grows with its text; the answer is that afterwards. */
export function setTextOf(board: Board, id: string, delta: Delta): string | undefined {
  board.client.text(id, delta)
  growToText(board, id)
  return board.client.view.note(id)?.text
}

export function setColorOf(board: Board, note: string, color: string): void {
  sendSets(board.client, [{ note, set: { color } }])
}

/** Deletes a note, with a way back. */
export function removeNote(board: Board, note: string): void {
  const words = deletedWords([board.client.view.note(note)])
  send(board.client, [{ kind: 'note.delete', note }])
  const run = (): void => send(board.client, [{ kind: 'note.restore', note }])
  board.toasts.show(words, { key: 'removed', action: { label: say('Undo'), run } })
}

/** Makes a note where there is room: in a frame, or in the part of the board in sight. Its id, unless it was refused. */
export function addNote(board: Board, frame: Note | undefined): string | undefined {
  const op = createOp(board, roomFor(board, frame, { w: defaultSize, h: defaultSize }), lastColor())
  board.client.submit(op)
  return board.stage.note(op.note)?.id
}

/** Moves a note to where there is room in a frame, or out of all frames. */
export function moveTo(board: Board, id: string, frameId: string): void {
  const note = board.stage.note(id)
  const frame = board.stage.note(frameId)
  if (!note || (frameId && !frame)) return
  const { x, y } = frame ? roomFor(board, frame, note) : outside(board, note)
  sendSets(board.client, [{ note: id, set: { x: onBoard(x), y: onBoard(y) } }])
}

function roomFor(board: Board, frame: Note | undefined, { w, h }: Size): Rect {
  const area = frame ?? board.desk.visible
  return roomIn(area, { w, h }, obstacles(board, (r) => !frame || !around(r, frame)))
}

function outside(board: Board, { w, h, ...note }: Note): Rect {
  const live = board.client.view.live()
  const holding = live.filter((n) => n.kind === 'frame' && holdsPoint(n, centre({ ...note, w, h })))
  const largest = holding.sort((a, b) => b.w * b.h - a.w * a.h)[0]
  return largest ? roomBeside(largest, { w, h }, obstacles(board)) : { ...note, w, h }
}

/** What a note may not be put on. */
function obstacles(board: Board, counts: (note: Note) => boolean = () => true): Rect[] {
  return board.client.view.live().filter((n) => n.kind !== 'connector' && counts(n))
}

/** Whether it is this frame or one around it, which is no obstacle. */
function around(r: Note, frame: Note): boolean {
  return r.id === frame.id || (r.kind === 'frame' && holdsPoint(r, centre(frame)) && r.w * r.h >= frame.w * frame.h)
}
