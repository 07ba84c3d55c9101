// Going to a note by its name, from a list.

import type { Board } from './board.ts'
import { focusNote } from './focus.ts'
import { lookAtNote } from './writing.ts'
import { zoomToSelection } from './zoom.ts'

/** Selects it and looks at it, or at another in its stead: an arrow is looked at where it begins. A frame is looked at whole. */
export function goToNote(board: Board, id: string, at = id): void {
  board.selection.set([id])
  if (board.stage.note(id)?.kind === 'frame') zoomToSelection(board)
  else lookAtNote(board, at)
  focusNote(board, at)
}
