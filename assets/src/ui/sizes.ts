// The sizes of what is selected, by name and by keys: square, wide, and what the
// handles do with a pointer.

import { maxSize } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { bounds, type Rect } from './geometry.ts'
import { unlocked } from './lock.ts'
import { joining, times } from './nudge.ts'
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
  const joins = joining(board)
  const shared = { group: 'notes', edits: true, enabled: () => board.selection.size > 0 } as const
  board.actions.add(
    { ...shared, id: 'size.square', title: say('Make square'), run: () => shape(board, 1) },
    { ...shared, id: 'size.wide', title: say('Make wide'), run: () => shape(board, 2) },
    { ...shared, id: 'size.keys', title: say('Make larger or smaller'), keys: 'Alt+Shift+Arrow Ctrl+Shift+Arrow', where: 'board', repeats: true,
      run: (e) => resize(board, times(STEP, e), joins()) },
  )
}

function shape(board: Board, times: 1 | 2): void {
  const sets = unlocked(board, board.selection.ids).flatMap((id) => {
    const note = board.stage.note(id)
    return note && !note.kind ? [{ note: id, set: shaped(note, times) }] : []
  })
  sendSets(board.client, sets)
}

/** The right and the lower edge go: what lies to the left of them and above stays. */
function resize(board: Board, [dx, dy]: readonly [number, number], joins: boolean): void {
  const places = board.stage.places(unlocked(board, board.selection.ids))
  const box = bounds(places.values())
  if (!box) return
  const note = (id: string): Note | undefined => board.stage.note(id)
  const after = stretch(box, places, { edge: 'se', dx, dy, even: false, centred: false, most: (id) => longest(note(id)) })
  sendSets(board.client, changes(note, after), joins)
  const { w, h } = bounds(after.values())!
  board.announcer.now(say('{w} by {h}', { w: Math.round(w), h: Math.round(h) }))
}
