// Which note lies on top: the selected ones to the front or to the back, keeping
// their order among themselves.

import type { Note } from '../notes/note.ts'
import { between } from '../notes/zorder.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { sendSets } from './send.ts'

/** The selected notes from the lowest to the highest. */
export function inOrder(board: Board): Note[] {
  const notes = [...board.selection.ids].flatMap((id) => board.stage.note(id) ?? [])
  return notes.sort((a, b) => (a.z < b.z || (a.z === b.z && a.id < b.id) ? -1 : 1))
}

/** New order keys, one for each, above `low` and below `high`. */
export function keysBetween(n: number, low: string | null, high: string | null): string[] {
  const out: string[] = []
  if (high === null) {
    for (let z = low; out.length < n; ) out.push((z = between(z, null)))
  } else {
    for (let z: string | null = high; out.length < n; ) out.unshift((z = between(low, z)))
  }
  return out
}

export function toFront(board: Board): void {
  reorder(board, (n) => keysBetween(n, board.stage.highest()?.z ?? null, null))
}

export function toBack(board: Board): void {
  reorder(board, (n) => keysBetween(n, null, board.stage.lowest()?.z ?? null))
}

function reorder(board: Board, keys: (n: number) => string[]): void {
  if (!board.canEdit() || board.selection.size === 0) return
  const notes = inOrder(board)
  const zs = keys(notes.length)
  sendSets(board.client, notes.map((note, i) => ({ note: note.id, set: { z: zs[i]! } })))
}

export function ordering(board: Board): void {
  const shared = { group: 'arranging', edits: true, enabled: () => board.selection.size > 0 } as const
  board.actions.add(
    { ...shared, id: 'order.front', title: say('Bring to front'), keys: '] Ctrl+]', run: () => toFront(board) },
    { ...shared, id: 'order.back', title: say('Send to back'), keys: '[ Ctrl+[', run: () => toBack(board) },
  )
}
