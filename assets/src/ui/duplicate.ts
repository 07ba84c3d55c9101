// Copies of the selected notes, which are then the selection.

import { newId } from '../notes/id.ts'
import type { Note } from '../notes/note.ts'
import type { CreateOp } from '../notes/op.ts'
import { between } from '../notes/zorder.ts'
import { plural, say } from '../say.ts'
import type { Board } from './board.ts'
import { onBoard } from './bounded.ts'
import { inOrder } from './order.ts'
import { send } from './send.ts'

const ASIDE = 24 // board units down and to the right

/** Makes the copies, on top of everything and in the same order, moved aside by so much. */
export function duplicate(board: Board, aside = ASIDE): void {
  if (!board.canEdit() || board.selection.size === 0) return
  const ops = copies(inOrder(board), board.stage.highest()?.z ?? null, aside)
  send(board.client, ops)
  board.selection.set(ops.map((op) => op.note).filter((id) => board.stage.note(id)))
}

export function copies(notes: readonly Note[], top: string | null, aside: number): CreateOp[] {
  let z = top
  return notes.map((n) => {
    z = between(z, null)
    const [x, y] = [onBoard(n.x + aside), onBoard(n.y + aside)]
    return { kind: 'note.create', note: newId(), x, y, w: n.w, h: n.h, color: n.color, z, text: n.text }
  })
}

export function duplicating(board: Board): void {
  board.actions.add({
    id: 'note.duplicate', title: say('Duplicate'), group: 'notes', keys: 'Ctrl+D', edits: true,
    ways: [say('Alt+drag')], also: say('copy clone'), enabled: () => board.selection.size > 0,
    run() {
      duplicate(board)
      board.announcer.now(plural(board.selection.size, '{n} note duplicated', '{n} notes duplicated'))
    },
  })
}
