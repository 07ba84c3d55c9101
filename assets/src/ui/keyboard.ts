// Room for a keyboard on the screen, where the browser lays it over the page
// instead of making the page smaller: what is written must not lie under it.

import type { Board } from './board.ts'

const LEAST = 80 // pixels; bars that come and go are less

export function keyboardRoom(board: Board): void {
  const view = window.visualViewport
  if (!view || board.mode === 'embed') return
  const root = document.documentElement
  const measure = (): void => {
    const covered = view.scale > 1.01 ? 0 : Math.round(window.innerHeight - view.height)
    root.style.setProperty('--covered', covered >= LEAST ? `${covered}px` : '0px')
    // Some push the page up besides: the desk brings the note into view itself.
    if (covered >= LEAST) window.scrollTo(0, 0)
  }
  view.addEventListener('resize', measure)
  view.addEventListener('scroll', measure)
}
