// Nobody's words are lost: when a note is deleted while I write in it, or an
// edit is refused, the text stays here with a way to put it back.

import type { Note } from '../notes/note.ts'
import type { SetOp } from '../notes/op.ts'
import type { Change, Rejected } from '../sync/types.ts'
import type { Board } from './board.ts'
import { createOp, write } from './create.ts'
import { sendSets } from './send.ts'

export function rescuing(board: Board): void {
  board.client.onRejected((r) => refused(board, r))
}

/** To be called with each change, before the stage draws it. */
export function rescueWords(board: Board, change: Change): void {
  const words = board.editor.words
  if (!words || (!change.removed.has(words.note.id) && board.stage.note(words.note.id))) return
  board.editor.end(false)
  board.selection.drop([words.note.id])
  if (words.text.trim()) offer(board, words.note, words.text, 'This note was deleted while you were writing.')
}

function refused(board: Board, { op, code, reason, note, text }: Rejected): void {
  if (op.kind === 'batch' && (code === 'deleted' || code === 'not_found')) {
    if (tryRest(board, op.ops.filter((o): o is SetOp => o.kind === 'note.set'))) return
  }
  const id = 'note' in op ? op.note : undefined
  const last = note ?? (id ? board.client.view.notes.get(id) : undefined)
  if (text?.trim()) offer(board, last, text, reason)
  else board.toasts.show(reason, { key: `refused ${code}` })
}

/** One deleted note among many does not hold the others back. */
function tryRest(board: Board, ops: readonly SetOp[]): boolean {
  const rest = ops.filter((o) => board.stage.note(o.note))
  if (rest.length === ops.length || rest.length === 0) return false
  sendSets(board.client, rest.map(({ note, set }) => ({ note, set })))
  return true
}

function offer(board: Board, note: Note | undefined, text: string, why: string): void {
  const run = (): void => {
    const place = note ?? { ...middle(board), w: 200, h: 200 }
    write(board, createOp(board, place, note?.color ?? 'yellow', text))
  }
  board.toasts.show(`${why} Your words are kept: “${text.length > 120 ? `${text.slice(0, 119)}…` : text}”`, {
    key: `words ${note?.id ?? ''}`,
    lasts: 0,
    action: { label: 'Put back as a new note', run },
  })
}

function middle(board: Board): { x: number; y: number } {
  const v = board.desk.visible
  return { x: v.x + v.w / 2 - 100, y: v.y + v.h / 2 - 100 }
}
