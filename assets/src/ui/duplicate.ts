// Copies of the selected notes, which are then the selection.

import { plural, say } from '../say.ts'
import type { Board } from './board.ts'
import { copies, gathered } from './copies.ts'
import { focusMade } from './focus.ts'
import { send } from './send.ts'

const ASIDE = 24 // board units down and to the right

/** Makes the copies, on top of everything and in the same order, moved aside by so much. */
export function duplicate(board: Board, aside = ASIDE): void {
  if (!board.canEdit() || board.selection.size === 0) return
  const ops = copies(gathered(board), board.stage.highest()?.z ?? null, aside, aside)
  send(board.client, ops)
  board.selection.set(ops.map((op) => op.note).filter((id) => board.stage.note(id)))
}

export function duplicating(board: Board): void {
  board.actions.add({
    id: 'note.duplicate', title: say('Duplicate'), group: 'notes', keys: 'Ctrl+D', edits: true,
    ways: [say('Alt+drag')], also: say('copy clone'), enabled: () => board.selection.size > 0,
    run() {
      duplicate(board)
      focusMade(board, [...board.selection.ids][0])
      board.announcer.now(plural(board.selection.size, '{n} note duplicated', '{n} notes duplicated'))
    },
  })
}
