// The ways to the search on the board, which is loaded later.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { later } from './later.ts'
import { part } from './page.ts'

const search = later(() => import('./search.ts'))

export function finding(board: Board): void {
  if (board.mode === 'embed') return
  const shared = { group: 'looking', where: 'anywhere' } as const
  board.actions.add(
    { ...shared, id: 'find', title: say('Find on the board'), keys: 'Ctrl+F', also: say('search'), run: () => search((m) => m.find(board)) },
    { ...shared, id: 'find.next', title: say('Find the next one'), keys: 'F3', repeats: true, run: () => search((m) => m.findOn(board, 1)) },
    { ...shared, id: 'find.previous', title: say('Find the one before'), keys: 'Shift+F3', repeats: true, run: () => search((m) => m.findOn(board, -1)) },
  )
  part('find-open', HTMLElement)?.addEventListener('click', () => board.actions.run('find'))
}
