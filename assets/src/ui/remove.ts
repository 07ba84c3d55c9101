// Deleting the selected notes, with a way back.

import { isLive, type Note } from '../notes/note.ts'
import type { SingleOp } from '../notes/op.ts'
import { plural, say } from '../say.ts'
import type { Board } from './board.ts'
import { focusQuietly, refocus } from './focus.ts'
import { unlocked } from './lock.ts'
import { send } from './send.ts'

export function remove(board: Board): boolean {
  if (!board.canEdit() || board.selection.size === 0) return false
  const ids = unlocked(board, board.selection.ids)
  if (ids.length === 0) return false
  const words = deletedWords(ids.map((id) => board.client.view.note(id)))
  send(board.client, ids.map((note): SingleOp => ({ kind: 'note.delete', note })))
  board.selection.clear()
  refocus(board)
  board.toasts.show(words, { key: 'removed', action: { label: say('Undo'), run: () => restore(board, ids) } })
  return true
}

/** "2 notes deleted.", by what they were. */
export function deletedWords(gone: readonly (Note | undefined)[]): string {
  const n = gone.length
  const all = (kind: Note['kind']): boolean => gone.every((note) => note?.kind === kind)
  if (all('frame')) return plural(n, '{n} frame deleted.', '{n} frames deleted.')
  if (all('connector')) return plural(n, '{n} arrow deleted.', '{n} arrows deleted.')
  return all(undefined) ? plural(n, '{n} note deleted.', '{n} notes deleted.') : plural(n, '{n} thing deleted.', '{n} things deleted.')
}

/** Brings just these back, whatever was done in between. */
function restore(board: Board, ids: readonly string[]): void {
  const gone = ids.filter((id) => !isLive(board.client.view.note(id)))
  send(board.client, gone.map((note): SingleOp => ({ kind: 'note.restore', note })))
  board.selection.set(gone.filter((id) => isLive(board.client.view.note(id))))
  focusQuietly(board.page.desk)
  refocus(board, gone[0])
}

export function removing(board: Board): void {
  board.actions.add({
    id: 'note.delete', title: say('Delete'), group: 'notes', keys: 'Delete Backspace', where: 'board', edits: true,
    also: say('remove trash'), enabled: () => board.selection.size > 0, run: () => remove(board),
  })
}
