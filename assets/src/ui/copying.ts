// Copying and cutting what is selected.

import type { CreateOp } from '../notes/op.ts'
import { plural } from '../say.ts'
import type { Board } from './board.ts'
import { gathered } from './copies.ts'
import { canWithFocused } from './focus.ts'
import { formsOf } from './forms.ts'
import { remove } from './remove.ts'

/** On words that are selected the browser does what it does everywhere. */
export function copy(board: Board, e: ClipboardEvent): void {
  if (!(getSelection()?.isCollapsed ?? true) || !canWithFocused(board, () => board.selection.size > 0)) return
  if (e.type === 'cut' && !board.canEdit()) return
  e.preventDefault()
  const notes = gathered(board)
  const forms = formsOf({ origin: location.origin, board: board.id, notes })
  for (const [type, form] of Object.entries(forms)) e.clipboardData!.setData(type, form)
  if (e.type === 'cut') cutOut(board, notes)
  else board.announcer.now(plural(notes.length, '{n} note copied', '{n} notes copied'))
}

/** All that was copied goes, also what only lies in a frame that is cut; what is locked stays. */
function cutOut(board: Board, notes: readonly CreateOp[]): void {
  board.selection.set(notes.filter((n) => !n.locked).map((n) => n.note))
  remove(board)
}
