// Arranging what is selected: in line, evenly apart, tidied into a grid. One
// undo step each.

import { say } from '../say.ts'
import type { Side } from './arrange.ts'
import type { Board } from './board.ts'
import { onBoard } from './bounded.ts'
import { carried, moving } from './carried.ts'
import { bounds, type Point, type Rect } from './geometry.ts'
import { later } from './later.ts'
import { sendSets } from './send.ts'

const orders = later(() => import('./arrange.ts'))
type Orders = typeof import('./arrange.ts')

/** The keys are where the sides are on a keyboard: A left, D right, W up, S down. */
export function arranging(board: Board): void {
  const shared = { group: 'arranging', edits: true } as const
  const line = (side: Side, title: string) =>
    ({ ...shared, id: `align.${side}`, title, also: say('align'), enabled: () => blocks(board).length > 1, run: () => arrange(board, (orders, boxes) => orders.align(boxes, side)) })
  const enabled = (): boolean => blocks(board).length > 2
  board.actions.add(
    { ...line('left', say('Align left')), keys: 'Alt+A' },
    { ...line('centre', say('Align centres')), keys: 'Alt+H' },
    { ...line('right', say('Align right')), keys: 'Alt+D' },
    { ...line('top', say('Align top')), keys: 'Alt+W' },
    { ...line('middle', say('Align middles')), keys: 'Alt+V' },
    { ...line('bottom', say('Align bottom')), keys: 'Alt+S' },
    { ...shared, id: 'distribute.x', title: say('Space evenly across'), keys: 'Alt+Shift+H', also: say('distribute'), enabled, run: () => arrange(board, (orders, boxes) => orders.distribute(boxes, 'x')) },
    { ...shared, id: 'distribute.y', title: say('Space evenly down'), keys: 'Alt+Shift+V', also: say('distribute'), enabled, run: () => arrange(board, (orders, boxes) => orders.distribute(boxes, 'y')) },
    { ...shared, id: 'arrange.tidy', title: say('Tidy into a grid'), keys: 'Alt+Shift+T', also: say('clean up'), enabled: () => blocks(board).length > 1, run: () => arrange(board, (orders, boxes) => orders.tidy(boxes)) },
    { ...shared, id: 'snap.free', title: say('Do not snap to neighbours'), ways: [say('Ctrl while dragging')] },
  )
}

/** What moves as one: a note, a group, or a frame with what lies in it. */
interface Block {
  readonly notes: [id: string, place: Rect][]
  readonly box: Rect
}

function blocks(board: Board, ids: Iterable<string> = board.selection.ids): Block[] {
  const blocks = new Map<string, [id: string, place: Rect][]>()
  const frames = carried(board, ids)
  for (const [id, place] of board.stage.places(ids)) {
    const outer = frames.get(id) ?? id
    const block = board.stage.note(outer)?.group ?? outer
    blocks.set(block, [...(blocks.get(block) ?? []), [id, place]])
  }
  return [...blocks.values()].map((notes) => ({ notes, box: bounds(notes.map(([, place]) => place))! }))
}

function arrange(board: Board, how: (orders: Orders, boxes: readonly Rect[]) => Point[]): Promise<boolean> | void {
  const free = blocks(board, moving(board))
  return orders((o) => move(board, free, how(o, free.map((b) => b.box))))
}

function move(board: Board, blocks: readonly Block[], by: readonly Point[]): void {
  const sets = blocks.flatMap(({ notes }, i) =>
    notes.map(([note, { x, y }]) => ({ note, set: { x: onBoard(x + by[i]![0]), y: onBoard(y + by[i]![1]) } })),
  )
  const changed = sets.filter(({ note, set }) => board.stage.note(note)?.x !== set.x || board.stage.note(note)?.y !== set.y)
  if (changed.length > 0) sendSets(board.client, changed)
}
