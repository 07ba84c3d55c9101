// The line that one writes in stays in sight, also in a note that is higher than
// the room there is for it, as above a phone's keyboard.

import type { Board } from './board.ts'
import { reveal } from './camera.ts'
import type { Rect } from './geometry.ts'
import { narrowInset } from './zoom.ts'

const AROUND = 8 // board units above and below the line

export function keepingCaretInSight(board: Board): void {
  const { desk, frame } = board
  let words: Element | undefined // that are written
  const show = (): void => {
    const now = wordsOf(board)
    if (now && now !== words) {
      size.disconnect()
      size.observe((words = now))
    }
    const line = caretLine(board, now)
    const camera = line ? reveal(desk.goal, line, desk.size, narrowInset(board)) : desk.goal
    if (camera !== desk.goal) desk.glide(camera)
  }
  const soon = (): void => frame.ask('overlay', show)
  // Words that are many become small, and their note high, some frames after they were written.
  const size = new ResizeObserver(soon)
  document.addEventListener('selectionchange', soon)
  desk.onResize(soon)
  soon()
}

/** A picture of the words in the field, line by line. */
function wordsOf({ editor, stage }: Board): Element | undefined {
  return (editor.id && stage.element(editor.id)?.querySelector('.note-mirror')) || undefined
}

/** Where on the board the caret's line is; nothing when all is selected, as at the beginning: nobody writes at its end. */
function caretLine(board: Board, picture: Element | undefined): Rect | null {
  const { editor, stage } = board
  const place = editor.id ? stage.place(editor.id) : undefined
  const element = editor.id ? stage.element(editor.id) : undefined
  const field = element?.querySelector<HTMLTextAreaElement>('.note-field')
  const words = picture?.firstChild
  if (!place || !element || !field || !words) return null
  const { selectionStart, selectionEnd, selectionDirection, value } = field
  if (selectionStart < selectionEnd && selectionEnd - selectionStart === value.length) return null
  const range = document.createRange()
  range.setStart(words, selectionDirection === 'backward' ? selectionStart : selectionEnd)
  const [caret, note] = [range.getBoundingClientRect(), element.getBoundingClientRect()]
  const scale = place.w / note.width // also while the desk glides, and before the note is drawn as high as it has grown
  if (caret.height === 0) return null
  const h = caret.height * scale
  const y = place.y + Math.min((caret.top - note.top) * scale, place.h - h) // not below the note, while the words are still too large for it
  return { x: place.x + place.w / 2, y: y - AROUND, w: 0, h: h + 2 * AROUND }
}
