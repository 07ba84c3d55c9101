// The ways to the search on the board and to the list of its notes, which are
// loaded later.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { later } from './later.ts'
import { part } from './page.ts'

const search = later(() => import('./search.ts'))
const list = later(() => import('./list.ts'))

export function finding(board: Board): void {
  if (board.mode === 'embed') return
  const shared = { group: 'looking', where: 'anywhere' } as const
  board.actions.add(
    { ...shared, id: 'find', title: say('Find on the board'), keys: 'Ctrl+F', also: say('search'), run: () => search((m) => m.find(board)) },
    { ...shared, id: 'find.next', title: say('Find the next one'), keys: 'F3', repeats: true, run: () => search((m) => m.findOn(board, 1)) },
    { ...shared, id: 'find.previous', title: say('Find the one before'), keys: 'Shift+F3', repeats: true, run: () => search((m) => m.findOn(board, -1)) },
    { ...shared, id: 'list', title: say('List of notes'), keys: 'Alt+L', also: say('outline frames headings screen reader'), run: () => list((m) => m.toList(board)) },
  )
  for (const id of ['find', 'list']) part(`${id}-open`, HTMLElement)?.addEventListener('click', () => board.actions.run(id))
}
