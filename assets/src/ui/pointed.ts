// What a pointer is offered; it comes with the pointer's first move.

import style from '../../css/pointed.css'
import type { Board } from './board.ts'
import { wear } from './later.ts'
import { placing } from './place.ts'
import { pluses } from './plus.ts'
import { resizing } from './resize.ts'

export { takeNote } from './place.ts'

export function helpingToPoint(board: Board): void {
  wear(style)
  placing(board)
  pluses(board)
  resizing(board)
}
