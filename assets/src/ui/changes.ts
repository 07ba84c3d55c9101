// What the client's view changed by, handed to what shows it.

import { isLive } from '../notes/note.ts'
import type { Change } from '../sync/types.ts'
import type { Board } from './board.ts'
import { rescueWords } from './rescue.ts'

export function following(board: Board): void {
  const known = new Set(board.stage.ids())
  board.client.onChange((change) => {
    rescueWords(board, change)
    if (change.all) board.stage.touchAll()
    else board.stage.touch([...change.notes, ...change.removed])
    board.editor.follow(change.remoteText)
    dropGone(board, change)
    tell(board, change, known)
  })
}

/** What is gone cannot stay selected. */
function dropGone(board: Board, change: Change): void {
  const { selection, client } = board
  if (selection.size === 0 || (change.removed.size === 0 && !change.all)) return
  selection.drop([...selection.ids].filter((id) => !isLive(client.view.note(id))))
}

/** Others' new notes and changes, for who listens instead of looking. */
function tell(board: Board, change: Change, known: Set<string>): void {
  const { announcer, announcer: { others }, selection } = board
  const me = board.me.who?.id
  if (change.all) return board.stage.ids().forEach((id) => known.add(id))
  for (const id of change.notes) {
    const note = board.stage.note(id)
    if (!known.has(id) && note && note.author.id !== me && announcer.wants(false)) others.add(note.author.name, note.kind)
    known.add(id) // and stays so: what was deleted and comes back is nobody's new note
  }
  for (const { note } of change.remoteText) {
    const concernsMe = selection.has(note) || board.stage.note(note)?.author.id === me
    if (note !== board.editor.id && announcer.wants(concernsMe)) others.change(note)
  }
  board.announcer.soon()
}
