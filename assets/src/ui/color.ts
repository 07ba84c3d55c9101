// The colour of all selected notes at once.

import type { Board } from './board.ts'
import { rememberColor } from './create.ts'
import { unlocked } from './lock.ts'
import { sendSets } from './send.ts'

export function setColor(board: Board, color: string): void {
  if (!board.canEdit()) return
  const ids = unlocked(board, board.selection.ids).filter((id) => {
    const note = board.stage.note(id)
    return note && note.color !== color
  })
  rememberColor(color)
  if (ids.length > 0) sendSets(board.client, ids.map((note) => ({ note, set: { color } })))
}

/** The colour that all selected notes have, if it is one. */
export function commonColor(board: Board): string | null {
  let common: string | null = null
  for (const id of board.selection.ids) {
    const color = board.stage.note(id)?.color
    if (color === undefined) continue
    if (common !== null && common !== color) return null
    common = color
  }
  return common
}
