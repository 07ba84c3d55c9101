// Deleting the selected notes, with a way back.

import { isLive } from '../notes/note.ts'
import type { SingleOp } from '../notes/op.ts'
import { plural, say } from '../say.ts'
import type { Board } from './board.ts'
import { focusQuietly } from './focus.ts'
import { unlocked } from './lock.ts'
import { send } from './send.ts'

export function remove(board: Board): boolean {
  if (!board.canEdit() || board.selection.size === 0) return false
  const ids = unlocked(board, board.selection.ids)
  if (ids.length === 0) return false
  const focused = board.page.camera.contains(document.activeElement)
  send(board.client, ids.map((note): SingleOp => ({ kind: 'note.delete', note })))
  board.selection.clear()
  if (focused) focusQuietly(board.page.desk)
  const words = plural(ids.length, '{n} note deleted.', '{n} notes deleted.')
  board.toasts.show(words, { key: 'removed', action: { label: say('Undo'), run: () => restore(board, ids) } })
  return true
}

/** Brings just these back, whatever was done in between. */
function restore(board: Board, ids: readonly string[]): void {
  const gone = ids.filter((id) => !isLive(board.client.view.note(id)))
  send(board.client, gone.map((note): SingleOp => ({ kind: 'note.restore', note })))
  board.selection.set(gone.filter((id) => isLive(board.client.view.note(id))))
  focusQuietly(board.page.desk)
}

export function removing(board: Board): void {
  board.actions.add({
    id: 'note.delete', title: say('Delete'), group: 'notes', keys: 'Delete Backspace', where: 'board', edits: true,
    also: say('remove trash'), enabled: () => board.selection.size > 0, run: () => remove(board),
  })
}
