// The line that one writes in stays in sight, also in a note that is higher than
// the room there is for it, as above a phone's keyboard.

import type { Board } from './board.ts'
import { reveal } from './camera.ts'
import type { Rect } from './geometry.ts'
import { narrowInset } from './zoom.ts'

const AROUND = 8 // board units above and below the line

export function keepingCaretInSight(board: Board): void {
  const { desk, frame } = board
  const show = (): void => {
    const line = caretLine(board)
    const camera = line ? reveal(desk.goal, line, desk.size, narrowInset(board)) : desk.goal
    if (camera !== desk.goal) desk.glide(camera)
  }
  const soon = (): void => frame.ask('measure', show)
  document.addEventListener('selectionchange', soon)
  desk.onResize(soon)
  soon()
}

/** Where on the board the caret's line is; nothing when all is selected, as at the beginning: nobody writes at its end. */
function caretLine({ editor, stage }: Board): Rect | null {
  const place = editor.id ? stage.place(editor.id) : undefined
  const element = editor.id ? stage.element(editor.id) : undefined
  const field = element?.querySelector<HTMLTextAreaElement>('.note-field')
  const words = element?.querySelector('.note-mirror')?.firstChild
  if (!place || !element || !field || !words) return null
  const { selectionStart, selectionEnd, selectionDirection, value } = field
  if (selectionStart < selectionEnd && selectionEnd - selectionStart === value.length) return null
  const range = document.createRange()
  range.setStart(words, selectionDirection === 'backward' ? selectionStart : selectionEnd)
  const [caret, note] = [range.getBoundingClientRect(), element.getBoundingClientRect()]
  const scale = place.h / note.height // also while the desk glides
  return caret.height > 0
    ? { x: place.x + place.w / 2, y: place.y + (caret.top - note.top) * scale - AROUND, w: 0, h: caret.height * scale + 2 * AROUND }
    : null
}
