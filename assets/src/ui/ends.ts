// Home and End: the first and the last note.

import { reading } from '../notes/frames.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { walkTo } from './focus.ts'

export function reachingEnds(board: Board): void {
  const shared = { group: 'looking', enabled: () => board.stage.size > 0 } as const
  board.actions.add(
    { ...shared, id: 'focus.first', title: say('First note'), keys: 'Home', where: 'board', run: () => walkTo(board, inReadingOrder(board)[0]) },
    { ...shared, id: 'focus.last', title: say('Last note'), keys: 'End', where: 'board', run: () => walkTo(board, inReadingOrder(board).at(-1)) },
  )
}

/** All notes as they are read; frames, which would tear their rows apart, only where there is nothing else. */
function inReadingOrder({ stage }: Board): string[] {
  const all = stage.ids().flatMap((id) => stage.note(id) ?? [])
  const notes = all.filter((n) => !n.kind)
  return reading(notes.length > 0 ? notes : all).map((n) => n.id)
}
