// Nobody's words are lost: when a note is deleted while I write in it, or an
// edit is refused, the text stays here with a way to put it back.

import type { SetOp } from '../notes/op.ts'
import type { Change, Rejected } from '../sync/types.ts'
import type { Board } from './board.ts'
import { later } from './later.ts'
import { toComing } from './offers.ts'
import { sendSets } from './send.ts'

const reasons = later(() => import('./reasons.ts'))

export function rescuing(board: Board): void {
  board.client.onRejected((r) => refused(board, r))
}

/** To be called with each change, before the stage draws it. */
export function rescueWords(board: Board, change: Change): void {
  const words = board.editor.words
  if (!words || (!change.removed.has(words.note.id) && board.stage.note(words.note.id))) return
  const wrote = document.activeElement?.matches('.note-field')
  board.editor.end(false)
  board.selection.drop([words.note.id])
  if (!words.text.trim()) return
  board.client.shelf.addWords(words.text, words.note)
  // The field that had the focus is gone; what became of its words is what to look at now.
  if (wrote) toComing(board)
}

function refused(board: Board, rejected: Rejected): void {
  const { op, code, text } = rejected
  if (op.kind === 'batch' && (code === 'deleted' || code === 'not_found')) {
    if (tryRest(board, op.ops.filter((o): o is SetOp => o.kind === 'note.set'))) return
  }
  // Words are offered, with the reason.
  if (!text?.trim()) reasons((r) => board.toasts.show(r.refusal(rejected), { key: `refused ${code}` }))
}

/** One deleted note among many does not hold the others back. */
function tryRest(board: Board, ops: readonly SetOp[]): boolean {
  const rest = ops.filter((o) => board.stage.note(o.note))
  if (rest.length === ops.length || rest.length === 0) return false
  sendSets(board.client, rest.map(({ note, set }) => ({ note, set })))
  return true
}
