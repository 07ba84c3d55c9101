// Arranging what is selected: in line, evenly apart, tidied into a grid. One
// undo step each.

import { say } from '../say.ts'
import type { Side } from './arrange.ts'
import type { Board } from './board.ts'
import { onBoard } from './bounded.ts'
import type { Point, Rect } from './geometry.ts'
import { later } from './later.ts'
import { sendSets } from './send.ts'

const orders = later(() => import('./arrange.ts'))
type Orders = typeof import('./arrange.ts')

/** The keys are where the sides are on a keyboard: A left, D right, W up, S down. */
export function arranging(board: Board): void {
  const shared = { group: 'arranging', edits: true } as const
  const line = (side: Side, title: string, keys: string) =>
    ({ ...shared, id: `align.${side}`, title, keys, also: say('align'), enabled: () => selected(board).length > 1, run: () => arrange(board, (orders, boxes) => orders.align(boxes, side)) })
  const enabled = (): boolean => selected(board).length > 2
  board.actions.add(
    line('left', say('Align left'), 'Alt+A'),
    line('centre', say('Align centres'), 'Alt+H'),
    line('right', say('Align right'), 'Alt+D'),
    line('top', say('Align top'), 'Alt+W'),
    line('middle', say('Align middles'), 'Alt+V'),
    line('bottom', say('Align bottom'), 'Alt+S'),
    { ...shared, id: 'distribute.x', title: say('Space evenly across'), keys: 'Alt+Shift+H', also: say('distribute'), enabled, run: () => arrange(board, (orders, boxes) => orders.distribute(boxes, 'x')) },
    { ...shared, id: 'distribute.y', title: say('Space evenly down'), keys: 'Alt+Shift+V', also: say('distribute'), enabled, run: () => arrange(board, (orders, boxes) => orders.distribute(boxes, 'y')) },
    { ...shared, id: 'arrange.tidy', title: say('Tidy into a grid'), keys: 'Alt+Shift+T', also: say('clean up'), enabled: () => selected(board).length > 1, run: () => arrange(board, (orders, boxes) => orders.tidy(boxes)) },
    { ...shared, id: 'snap.free', title: say('Do not snap to neighbours'), ways: [say('Ctrl while dragging')] },
  )
}

/** What is selected, each with its place. */
function selected(board: Board): [id: string, place: Rect][] {
  return [...board.stage.places(board.selection.ids)]
}

function arrange(board: Board, how: (orders: Orders, boxes: readonly Rect[]) => Point[]): void {
  const notes = selected(board)
  orders((o) => move(board, notes, how(o, notes.map(([, place]) => place))))
}

function move(board: Board, notes: readonly [id: string, place: Rect][], by: readonly Point[]): void {
  const sets = notes.flatMap(([note, { x, y }], i) => {
    const to = { x: onBoard(x + by[i]![0]), y: onBoard(y + by[i]![1]) }
    return to.x === x && to.y === y ? [] : [{ note, set: to }]
  })
  if (sets.length > 0) sendSets(board.client, sets)
}
