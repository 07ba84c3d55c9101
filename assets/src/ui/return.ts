// Keys go to the board again after a click on one of its buttons: who takes a
// note from the pad and then presses Z with Ctrl means the board. Whoever came to
// the button by keys stays there.

import type { Board } from './board.ts'

export function returning(board: Board): void {
  document.addEventListener('click', (e) => {
    if (e.detail === 0 || !(e.target instanceof Element)) return
    const button = e.target.closest('#tools button, #zoom button, .note-menu button, .toast button')
    if (!button || document.querySelector('dialog[open]')) return
    const active = document.activeElement
    if (active === document.body || (active && button.contains(active))) board.page.desk.focus({ preventScroll: true })
  })
}
