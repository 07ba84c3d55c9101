// Arrow keys: they move what is selected, by 1 or with Shift by 10. With nothing
// selected, and with Ctrl always, they move the focus to the nearest note; with
// Shift and nothing selected they move the desk. So everything that a drag does
// can be done without one.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { onBoard, tellEnd, within } from './bounded.ts'
import { push } from './camera.ts'
import { moving } from './carried.ts'
import { focusFrom } from './focus.ts'
import { bounds } from './geometry.ts'
import { later } from './later.ts'
import type { Direction } from './nearest.ts'
import { sendSets } from './send.ts'

const moved = later(() => import('./moved.ts'))
const SMALL = 1
const BIG = 10
const PAN = 80 // pixels
const TOGETHER = 1000 // ms: presses closer than this are one undo step

const STEP: Record<Direction, readonly [number, number]> = {
  Left: [-1, 0],
  Right: [1, 0],
  Up: [0, -1],
  Down: [0, 1],
}

export function nudging(board: Board): void {
  const nudge = nudger(board)
  const step = (e?: KeyboardEvent): void => {
    if (moves(board)) nudge(...times(SMALL, e))
    else focusFrom(board, directionOf(e))
  }
  const stride = (e?: KeyboardEvent): void => {
    if (moves(board)) return nudge(...times(BIG, e))
    board.desk.glide(push(board.desk.goal, ...times(-PAN, e)))
  }
  const shared = { where: 'board', repeats: true } as const
  board.actions.add(
    { ...shared, id: 'move.small', group: 'selecting', keys: 'Arrow', run: step,
      get title() { return board.canEdit() ? say('Move by {n}', { n: SMALL }) : say('Go to the next note') } },
    { ...shared, id: 'move.big', group: 'selecting', keys: 'Shift+Arrow', run: stride,
      get title() { return board.canEdit() ? say('Move by {n}', { n: BIG }) : say('Move around') } },
    { ...shared, id: 'focus.next', title: say('Go to the next note'), group: 'looking', keys: 'Ctrl+Arrow', run: (e) => focusFrom(board, directionOf(e)) },
    { id: 'pan.keys', title: say('Move around, nothing selected'), group: 'looking', edits: true, ways: [say('Shift+arrow keys')] },
  )
}

/** The direction of an arrow key. */
function directionOf(e?: KeyboardEvent): Direction {
  return e?.key.slice('Arrow'.length) as Direction
}

/** So far in the direction of an arrow key. */
export function times(far: number, e?: KeyboardEvent): [x: number, y: number] {
  const [x, y] = STEP[directionOf(e)]
  return [x * far, y * far]
}

function moves(board: Board): boolean {
  return board.canEdit() && board.selection.size > 0
}

function nudger(board: Board): (dx: number, dy: number) => void {
  const joins = joining(board)
  return (...by) => {
    const places = board.stage.places(moving(board))
    const box = bounds(places.values())
    if (!box) return
    const [dx, dy] = within(box, by)
    tellEnd(board, by, [dx, dy])
    const sets = [...places].map(([note, { x, y }]) => ({ note, set: { x: onBoard(x + dx), y: onBoard(y + dy) } }))
    sendSets(board.client, sets, joins())
    moved((m) => m.tellStep(board.announcer, dx, dy))
  }
}

/** Tells of each press whether it comes so soon after the last, with the same selected, that both are one undo step. */
export function joining({ selection }: Board): () => boolean {
  let last = -Infinity
  let ids: ReadonlySet<string> | null = null
  return () => {
    const now = performance.now()
    const joins = now - last < TOGETHER && ids === selection.ids
    last = now
    ids = selection.ids
    return joins
  }
}
