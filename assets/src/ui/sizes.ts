// The sizes of what is selected, by name and by keys: square, wide, as high as
// the text needs, and what the handles do with a pointer.

import { maxSize } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { bounds, type Rect } from './geometry.ts'
import { growsWithText } from './grow.ts'
import { heightsFor } from './heights.ts'
import { unlocked } from './lock.ts'
import { joining, times } from './nudge.ts'
import { keepProportions } from './proportions.ts'
import { sendSets } from './send.ts'
import { changes, longest, stretch } from './stretch.ts'

const STEP = 10 // board units

type Size = Pick<Rect, 'w' | 'h'>

/** As wide as so many times its height; the shorter side stays. */
export function shaped({ w, h }: Size, times: 1 | 2): Size {
  const side = Math.min(w, h, maxSize / times)
  return { w: side * times, h: side }
}

export function sizing(board: Board): void {
  const { selection, stage } = board
  const joins = joining(board)
  const takesShape = (id: string): boolean => growsWithText(stage.note(id))
  const isCut = (id: string): boolean => stage.element(id)?.hasAttribute('data-over') === true && !stage.note(id)?.kind
  const shared = { group: 'notes', edits: true } as const
  const shapes = { ...shared, enabled: () => [...selection.ids].some(takesShape) } as const
  board.actions.add(
    { ...shared, id: 'size.text', title: say('Show the whole text'), also: say('grow fit height'),
      enabled: () => [...selection.ids].some(isCut), run: () => showAll(board, isCut) },
    { ...shapes, id: 'size.square', title: say('Make square'), run: () => shape(board, 1) },
    { ...shapes, id: 'size.wide', title: say('Make wide'), run: () => shape(board, 2) },
    { ...shared, id: 'size.keys', title: say('Make larger or smaller'), keys: 'Alt+Shift+Arrow Ctrl+Shift+Arrow', where: 'board', repeats: true,
      enabled: () => selection.size > 0, run: (e) => resize(board, times(STEP, e), joins()) },
  )
}

function shape(board: Board, times: 1 | 2): void {
  sendSets(board.client, chosen(board).map((note) => ({ note: note.id, set: shaped(note, times) })))
}

/** Makes those as high as their texts need that cut them off: who poured them in, or made them small, did not see it. */
function showAll(board: Board, isCut: (id: string) => boolean): void {
  const notes = changeable(board).filter(({ id }) => isCut(id))
  const heights = heightsFor(board, notes)
  notes.forEach((note, i) => growsWithText(note) && board.editor.grown.set(note.id, { from: note.h, to: heights[i]! }))
  sendSets(board.client, notes.map(({ id }, i) => ({ note: id, set: { h: heights[i]! } })))
}

/** The selected notes that take any shape: pictures have their own. */
function chosen(board: Board): Note[] {
  return changeable(board).filter(growsWithText)
}

/** The selected notes that are not locked. */
function changeable(board: Board): Note[] {
  return unlocked(board, board.selection.ids).flatMap((id) => board.stage.note(id) ?? [])
}

/** The right and the lower edge go: what lies to the left of them and above stays. */
function resize(board: Board, [dx, dy]: readonly [number, number], joins: boolean): void {
  const places = board.stage.places(unlocked(board, board.selection.ids))
  const box = bounds(places.values())
  if (!box) return
  const note = (id: string): Note | undefined => board.stage.note(id)
  const even = keepProportions(board, places.keys())
  const after = stretch(box, places, { edge: 'se', dx, dy, even, centred: false, most: (id) => longest(note(id)) })
  sendSets(board.client, changes(note, after), joins)
  const { w, h } = bounds(after.values())!
  board.announcer.now(say('{w} by {h}', { w: Math.round(w), h: Math.round(h) }))
}
