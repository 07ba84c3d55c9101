// Telling others where my pointer is. What I select and write in is told by
// those behaviours.

import type { Board } from './board.ts'

export function sharing(board: Board): void {
  if (board.mode === 'embed') return
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
