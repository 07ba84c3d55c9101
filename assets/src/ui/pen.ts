// What helps a hand that writes; it comes with the first letter.

import type { Note } from '../notes/note.ts'
import type { Board } from './board.ts'
import { keepingCaretInSight } from './caret-sight.ts'
import { growing } from './grow.ts'
import { newLine, typedAgain } from './lists.ts'

export { growToText } from './grow.ts'

/** `before` is the note that is written in, as it was when that began. */
export function helpingToWrite(board: Board, before: Note | undefined): void {
  growing(board, before)
  keepingCaretInSight(board)
  /** The item that was begun by itself, while nothing else is typed. */
  let begun: { field: HTMLTextAreaElement; at: number; marker: string } | null = null

  // With Shift a line is only a line. It counts when it was pressed: a phone that
  // is about to write a capital letter says that Shift is down, too.
  let shift = false
  board.page.plane.addEventListener('keydown', (e) => (shift = e.key === 'Shift' || (shift && e.shiftKey)))

  board.page.plane.addEventListener('beforeinput', (e) => {
    const field = e.target
    if (!(field instanceof HTMLTextAreaElement) || e.isComposing) return
    if (e.inputType === 'insertLineBreak') goOn(e, field)
    else if (e.inputType === 'insertText' && e.data === ' ') take(e, field)
  })

  function goOn(e: InputEvent, field: HTMLTextAreaElement): void {
    const { value, selectionStart, selectionEnd } = field
    const next = shift ? null : newLine(value, selectionStart, selectionEnd)
    begun = null
    if (!next) return
    e.preventDefault()
    board.editor.type(next.text, next.from, next.to)
    begun = { field, at: next.from + 1, marker: next.text.slice(1) }
  }

  /** A mark typed where one had come by itself stands there once. */
  function take(e: InputEvent, field: HTMLTextAreaElement): void {
    if (begun?.field !== field) return
    const { at, marker } = begun
    const words = at + marker.length
    const mark = field.value.startsWith(marker, at) ? typedAgain(marker, field.value.slice(words, field.selectionStart)) : null
    if (mark === null) return
    e.preventDefault()
    board.editor.type(mark, at, field.selectionEnd)
    begun = null
  }
}
