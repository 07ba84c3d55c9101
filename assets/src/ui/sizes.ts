// The sizes of notes by name and by keys: square, wide, and a little larger or
// smaller.

import { maxSize, minSize } from '../notes/limits.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { clamp, type Rect } from './geometry.ts'
import { unlocked } from './lock.ts'
import type { Direction } from './nearest.ts'
import { sendSets } from './send.ts'

const STEP = 10 // board units
const TOGETHER = 1000 // ms: presses closer than this are one undo step

type Size = Pick<Rect, 'w' | 'h'>

/** As wide as so many times its height; the shorter side stays. */
export function shaped({ w, h }: Size, times: 1 | 2): Size {
  const side = Math.min(w, h, maxSize / times)
  return { w: side * times, h: side }
}

/** Larger to the right and downwards, smaller to the left and upwards. */
export function stepped({ w, h }: Size, to: Direction): Size {
  const side = (length: number, by: number): number => clamp(length + by, minSize, maxSize)
  const dx = to === 'Right' ? STEP : to === 'Left' ? -STEP : 0
  const dy = to === 'Down' ? STEP : to === 'Up' ? -STEP : 0
  return { w: side(w, dx), h: side(h, dy) }
}

export function sizing(board: Board): void {
  let last = -Infinity
  const shared = { group: 'notes', edits: true, enabled: () => board.selection.size > 0 } as const
  board.actions.add(
    { ...shared, id: 'size.square', title: say('Make square'), run: () => resize(board, (s) => shaped(s, 1)) },
    { ...shared, id: 'size.wide', title: say('Make wide'), run: () => resize(board, (s) => shaped(s, 2)) },
    { ...shared, id: 'size.step', title: say('Make larger or smaller'), keys: 'Ctrl+Shift+Arrow', where: 'board', repeats: true,
      run(e) {
        const joins = performance.now() - last < TOGETHER
        last = performance.now()
        resize(board, (s) => stepped(s, (e?.key ?? 'ArrowRight').slice('Arrow'.length) as Direction), joins)
      } },
  )
}

function resize(board: Board, size: (now: Size) => Size, join = false): void {
  const sets = unlocked(board, board.selection.ids).flatMap((id) => {
    const note = board.stage.note(id)
    return note && !note.kind ? [{ note: id, set: size(note) }] : []
  })
  sendSets(board.client, sets, join)
}
