// Keys go to the board again after a click on one of its buttons: who takes a
// note from the pad and then presses Z with Ctrl means the board. Whoever came to
// the button by keys stays there. A click beside the buttons means nothing, and
// leaves the keys to the board too.

import type { Board } from './board.ts'

export function returning(board: Board): void {
  document.addEventListener('click', (e) => {
    if (e.detail === 0 || !(e.target instanceof Element) || document.querySelector('dialog[open]')) return
    const active = document.activeElement
    const pressed = e.target.closest('#tools button, #zoom button, .note-menu button, .toast button')
    const isLost = active === document.body && e.target.closest('.island, #minimap, .toast')
    if (isLost || pressed?.contains(active)) board.page.desk.focus({ preventScroll: true })
  })
}
