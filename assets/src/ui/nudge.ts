// Arrow keys: they move what is selected, by 1 or with Shift by 10. With nothing
// selected, and with Ctrl always, they move the focus to the nearest note; with
// Shift and nothing selected they move the desk. So everything that a drag does
// can be done without one.

import type { Board } from './board.ts'
import { onBoard } from './bounded.ts'
import { push } from './camera.ts'
import { focusFrom } from './focus.ts'
import type { Direction } from './shortcuts.ts'
import { sendSets } from './send.ts'

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
  for (const to of ['Left', 'Right', 'Up', 'Down'] as const) {
    const [x, y] = STEP[to]
    board.keys.on(`arrow${to}`, () => (moves(board) ? nudge(x * SMALL, y * SMALL) : focusFrom(board, to)))
    board.keys.on(`bigArrow${to}`, () => {
      if (moves(board)) nudge(x * BIG, y * BIG)
      else board.desk.glide(push(board.desk.camera, -x * PAN, -y * PAN))
    })
    board.keys.on(`focus${to}`, () => focusFrom(board, to))
  }
}

function moves(board: Board): boolean {
  return board.canEdit() && board.selection.size > 0
}

/** Joins quick presses on the same selection into one undo step. */
function nudger(board: Board): (dx: number, dy: number) => void {
  let last = -Infinity
  let ids: ReadonlySet<string> | null = null
  return (dx, dy) => {
    const now = performance.now()
    const joins = now - last < TOGETHER && ids === board.selection.ids
    last = now
    ids = board.selection.ids
    const sets = [...ids].flatMap((id) => {
      const note = board.stage.note(id)
      return note ? [{ note: id, set: { x: onBoard(note.x + dx), y: onBoard(note.y + dy) } }] : []
    })
    sendSets(board.client, sets, joins)
  }
}
