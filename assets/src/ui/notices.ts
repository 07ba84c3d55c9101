// Where one is told what one must know of one's work: below the island with the
// board's name. What tells it comes right after the start, once the server has
// answered, or before that when there is something to tell.

import type { Board } from './board.ts'
import { later } from './later.ts'
import { make } from './page.ts'

const notice = later(() => import('./notice.ts'))

export function notices(): HTMLElement {
  const known = document.getElementById('board-notices')
  if (known) return known
  const host = make('div', '')
  host.id = 'board-notices'
  document.querySelector('.islands')?.after(host)
  return host
}

export function noticing(board: Board): void {
  if (board.mode === 'embed') return
  let begun = false
  board.client.onState(({ kind, reason, fragile }) => {
    const nothingYet = /ing$/.test(kind) && !reason && !fragile
    if (begun || nothingYet) return
    begun = true
    void notice((m) => m.noticing(board))?.then((came) => (begun = came))
  })
}
