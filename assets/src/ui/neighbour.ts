// Writing on from note to note: Tab to the right, Shift+Tab to the left
// (mirrored in text that runs from right to left), Ctrl+Enter below,
// Ctrl+Shift+Enter above. A note that lies there is taken, its text selected;
// else a new one is made of the same colour and size.

import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { createOp, GAP, open, write } from './create.ts'
import { centre, distance, holdsPoint, type Point, type Rect } from './geometry.ts'
import type { Direction } from './nearest.ts'

/** Where the next note in a direction lies: as large as this one, but of this height, a gap away. */
export function nextPlace(r: Rect, to: Direction, h = r.h): Rect {
  const dx = to === 'Right' ? r.w + GAP : to === 'Left' ? -r.w - GAP : 0
  const dy = to === 'Down' ? r.h + GAP : to === 'Up' ? -h - GAP : 0
  return { x: r.x + dx, y: r.y + dy, w: r.w, h }
}

/** The place for the next note: as high as this one was before its text made it grow. */
function placeFor(board: Board, note: Note, to: Direction): Rect {
  const grown = board.editor.grown.get(note.id)
  return nextPlace(note, to, grown?.to === note.h ? grown.from : note.h)
}

/** Whether a note counts as lying at that place: it covers its middle, and its own middle is near. */
export function liesAt(r: Rect, place: Rect): boolean {
  const middle: Point = centre(place)
  return holdsPoint(r, middle) && distance(centre(r), middle) < Math.max(place.w, place.h) + GAP
}

/** Whether a text begins in a script that runs from right to left. */
export function runsLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0]
  return first !== undefined && /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(first)
}

export function neighbours(board: Board): void {
  const go = (to: Direction) => (): void => writeOn(board, to)
  const sideways = (to: 'Left' | 'Right') => (): void => {
    const mirrored = runsLeft(board.editor.words?.text ?? '')
    writeOn(board, mirrored ? (to === 'Left' ? 'Right' : 'Left') : to)
  }
  const shared = { group: 'writing', where: 'writing', edits: true } as const
  board.actions.add(
    { ...shared, id: 'write.right', title: say('On to the right'), keys: 'Tab', run: sideways('Right') },
    { ...shared, id: 'write.left', title: say('On to the left'), keys: 'Shift+Tab', run: sideways('Left') },
    { ...shared, id: 'write.below', title: say('On below'), keys: 'Ctrl+Enter', run: go('Down') },
    { ...shared, id: 'write.above', title: say('On above'), keys: 'Ctrl+Shift+Enter', run: go('Up') },
  )
}

function writeOn(board: Board, to: Direction): void {
  if (board.editor.id) reach(board, board.editor.id, to)
}

/** Goes on from a note: takes the neighbour in that direction, its text selected, or makes it. */
export function reach(board: Board, from: string, to: Direction): void {
  const note = board.stage.note(from)
  if (!note) return
  const there = neighbourOf(board, from, to)
  board.editor.end()
  if (there) open(board, there, 'all')
  else write(board, createOp(board, placeFor(board, note, to), note.color))
}

/** The note that lies where the next one would. */
export function neighbourOf(board: Board, from: string, to: Direction): string | undefined {
  const note = board.stage.note(from)
  if (!note) return undefined
  const place = placeFor(board, note, to)
  const [x, y] = centre(place)
  const near = board.stage.touching({ x, y, w: 0, h: 0 })
  return board.stage.topmost([...near].filter((id) => id !== from && !board.stage.note(id)?.kind && liesAt(board.stage.place(id)!, place)))
}
