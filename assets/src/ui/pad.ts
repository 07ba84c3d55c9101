// The pads of the tools: one takes a note from them. A click with a mouse takes
// it in hand, and what hangs it under the pointer comes with the pointer's first
// move; a second click, a finger's tap and a key lay it into the middle at once.

import type { Board } from './board.ts'
import { createInMiddle } from './create.ts'
import { later } from './later.ts'
import { pads } from './tool.ts'

const pointed = later(() => import('./pointed.ts'))

export function padding(board: Board): void {
  if (board.mode === 'embed') return
  let asked = false
  const load = (): void => {
    if (!asked) pointed((p) => p.helpingToPoint(board))
    asked = true
  }
  document.addEventListener('pointermove', load, { once: true })
  board.selection.onChange(load)
  for (const pad of pads()) pad.addEventListener('click', (e) => click(board, e, pad.dataset['newColor']!))
}

function click(board: Board, e: MouseEvent, color: string): void {
  if (!board.canEdit()) return
  // A finger and a key have no pointer to hang a note on.
  const points = e.detail > 0 && (e as PointerEvent).pointerType !== 'touch'
  if (points && board.tool.color !== color) pointed((p) => p.takeNote(board, color))
  else createInMiddle(board, color)
}
