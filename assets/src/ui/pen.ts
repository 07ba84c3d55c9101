// What helps a hand that writes; it comes with the first letter.

import type { Board } from './board.ts'
import { growing } from './grow.ts'
import { newLine } from './lists.ts'

export function helpingToWrite(board: Board): void {
  growing(board)
  board.page.plane.addEventListener('beforeinput', (e) => {
    const field = e.target
    if (!(field instanceof HTMLTextAreaElement) || e.inputType !== 'insertLineBreak' || e.isComposing) return
    const { value, selectionStart, selectionEnd } = field
    const next = newLine(value, selectionStart, selectionEnd)
    if (!next) return
    e.preventDefault()
    board.editor.type(next.text, next.from, next.to)
  })
}
