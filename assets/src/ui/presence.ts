// Telling others where my pointer is. What I select and write in is told by those
// behaviours. What shows others to me comes once the server has told who is here.

import type { Board } from './board.ts'
import { later } from './later.ts'

const company = later(() => import('./company.ts'))

export function sharing(board: Board): void {
  if (board.mode === 'embed') return
  pointing(board)
  const met = board.client.roster.onPeople(() => {
    met()
    company((m) => m.keepCompany(board))
  })
}

function pointing(board: Board): void {
  const { desk } = board.page
  const tell = (e: PointerEvent): void => {
    const [x, y] = board.desk.board(e)
    board.client.presence.cursor([Math.round(x), Math.round(y)])
  }
  const leave = (): void => board.client.presence.cursor(null)
  desk.addEventListener('pointermove', tell)
  desk.addEventListener('pointerleave', leave)
  // A finger that is lifted points nowhere.
  desk.addEventListener('pointerup', (e) => e.pointerType === 'touch' && leave())
  window.addEventListener('blur', leave)
  document.addEventListener('visibilitychange', () => document.hidden && leave())
}
