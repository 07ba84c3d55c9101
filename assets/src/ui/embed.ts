// In another site's page: a plain wheel and one finger scroll that page until
// the board is clicked; Esc gives them back.

import type { Board } from './board.ts'
import { later } from './later.ts'

const news = later(() => import('./news.ts'))

export function embedding(board: Board): void {
  const { desk } = board.page
  if (board.mode !== 'embed') {
    desk.style.touchAction = 'none'
    return
  }
  const show = (): void => {
    const active = desk.contains(document.activeElement)
    desk.toggleAttribute('data-active', active)
    desk.style.touchAction = active ? 'none' : 'pan-x pan-y'
  }
  desk.addEventListener('focusin', show)
  desk.addEventListener('focusout', () => setTimeout(show))
  show()
  news((n) => n.tellingNews(board))
}
