// Groups are selected as one.

import { isLive } from '../notes/note.ts'
import type { Board } from './board.ts'

/** The notes, with all others of their groups. */
export function whole({ client }: Pick<Board, 'client'>, ids: Iterable<string>): Set<string> {
  const all = new Set(ids)
  const groups = new Set<string | undefined>()
  for (const id of all) groups.add(client.view.notes.get(id)?.group)
  groups.delete(undefined)
  if (groups.size === 0) return all
  for (const note of client.view.notes.values()) if (groups.has(note.group) && isLive(note)) all.add(note.id)
  return all
}

/** Adds a note and its group to the selection, or takes them out. */
export function toggleWhole(board: Board, id: string): void {
  const all = whole(board, [id])
  if (board.selection.has(id)) board.selection.drop(all)
  else board.selection.add(all)
}
