// Groups: notes that are selected, and so moved, as one. Ctrl+click, or a second
// click, takes a single note out of its group's selection.

import { newId } from '../notes/id.ts'
import { plural, say } from '../say.ts'
import type { Board } from './board.ts'
import { unlocked } from './lock.ts'
import { sendSets } from './send.ts'

export function grouping(board: Board): void {
  const shared = { group: 'arranging', edits: true } as const
  board.actions.add(
    { ...shared, id: 'group', title: say('Group'), keys: 'Ctrl+G', enabled: () => board.selection.size > 1, run: () => group(board) },
    { ...shared, id: 'ungroup', title: say('Ungroup'), keys: 'Ctrl+Shift+G', enabled: () => grouped(board).length > 0, run: () => ungroup(board) },
    { id: 'group.single', title: say('Select one note of a group'), group: 'selecting', edits: true, ways: [say('Ctrl+click')] },
  )
}

/** The selected notes that are in a group. */
function grouped(board: Board): string[] {
  return [...board.selection.ids].filter((id) => board.stage.note(id)?.group)
}

function group(board: Board): void {
  const id = newId()
  const notes = unlocked(board, board.selection.ids).filter((note) => board.stage.place(note))
  if (notes.length < 2) return
  sendSets(board.client, notes.map((note) => ({ note, set: { group: id } })))
  board.announcer.now(plural(notes.length, '{n} note grouped', '{n} notes grouped'))
}

function ungroup(board: Board): void {
  const notes = unlocked(board, grouped(board))
  if (notes.length === 0) return
  sendSets(board.client, notes.map((note) => ({ note, set: { group: '' } })))
  board.announcer.now(plural(notes.length, '{n} note ungrouped', '{n} notes ungrouped'))
}
