// Arrows by keys: from a note to those that begin or end at it.

import { isLive, type Note } from '../notes/note.ts'
import { plural, say } from '../say.ts'
import type { Board } from './board.ts'

/** The arrows at these notes. */
export function arrowsAt(ids: ReadonlySet<string>, notes: Iterable<Note>): string[] {
  return [...notes].filter((n) => n.kind === 'connector' && isLive(n) && (ids.has(n.from ?? '') || ids.has(n.to ?? ''))).map((n) => n.id)
}

export function reachingArrows(board: Board): void {
  const { selection, client } = board
  const arrows = (): string[] => arrowsAt(selection.ids, client.view.notes.values())
  board.actions.add({
    id: 'select.arrows', title: say('Select the arrows of this note'), group: 'selecting', keys: 'Alt+Shift+A', also: say('connector connection'),
    enabled: () => arrows().length > 0,
    run: () => {
      const ids = arrows()
      selection.set(ids)
      board.announcer.now(plural(ids.length, '{n} arrow selected', '{n} arrows selected'))
    },
  })
}
