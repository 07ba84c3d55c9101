// What a pointer is offered, and what stands around a selection; it comes with the
// pointer's first move, or with the first selection.

import style from '../../css/pointed.css'
import around from '../../css/selection.css'
import type { Board } from './board.ts'
import { wear } from './later.ts'
import { outlining } from './outline.ts'
import { Pinned } from './pinned.ts'
import { placing } from './place.ts'
import { pluses } from './plus.ts'
import { resizing } from './resize.ts'

export { takeNote } from './place.ts'

export function helpingToPoint(board: Board): void {
  wear(around + style)
  const pinned = new Pinned(board, board.page.overlay)
  outlining(board, pinned)
  placing(board)
  pluses(board, pinned)
  resizing(board)
}
