// What the client's view changed by, handed to what shows it.

import { isLive } from '../notes/note.ts'
import type { Change } from '../sync/types.ts'
import type { Board } from './board.ts'
import { rescueWords } from './rescue.ts'

export function following(board: Board): void {
  board.client.onChange((change) => {
    rescueWords(board, change)
    if (change.all) board.stage.touchAll()
    else board.stage.touch([...change.notes, ...change.removed])
    board.editor.follow(change.remoteText)
    dropGone(board, change)
  })
}

/** What is gone cannot stay selected. */
function dropGone(board: Board, change: Change): void {
  const { selection, client } = board
  if (selection.size === 0 || (change.removed.size === 0 && !change.all)) return
  selection.drop([...selection.ids].filter((id) => !isLive(client.view.note(id))))
}
