// A note whose text is too long even in the smallest letters grows downwards
// while somebody types, and goes back as far as it came when the text gets
// shorter. It is the typist's page that makes it grow, as a part of the typing:
// so everybody sees the same size, and one undo takes back both. Who only looks
// on changes nothing, and a note that somebody made too small by hand stays so
// until it is written in.

import { maxSize, minSize } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import type { Board } from './board.ts'
import { clamp } from './geometry.ts'

const LINE = 24 // board units by which the height of a grown note may miss that of its text
const SMALLEST = '5' // the step of fit with the smallest letters
const REST = 400 // ms after the last letter until a last look

/** The height that a note should have: what its text needs, but never less than it was before it grew. */
export function heightFor(needed: number, before: number): number {
  return clamp(Math.ceil(Math.max(needed, before)), minSize, maxSize)
}

/** Whether a note looks as if its text had made it as high as it is, from a square. */
export function looksGrown({ w, h }: Pick<Note, 'w' | 'h'>, needed: number): boolean {
  return h > w && Math.abs(needed - h) < LINE
}

export function growing(board: Board): void {
  const { editor, frame } = board
  const check = (): void => void (editor.id && grow(board, editor.id))
  let timer = 0
  editor.onTyped(() => {
    frame.ask('overlay', check) // after the text was measured
    // While the desk moves, texts are measured later.
    clearTimeout(timer)
    timer = window.setTimeout(check, REST)
  })
  editor.onChange((id) => id && recognise(board, id))
  if (editor.id) recognise(board, editor.id)
}

/** A note that grew before this page was opened. */
function recognise(board: Board, id: string): void {
  const note = board.stage.note(id)
  if (!note || note.kind || note.h <= note.w || board.editor.grown.get(id)?.to === note.h) return
  if (looksGrown(note, neededHeight(board, id))) board.editor.grown.set(id, { from: note.w, to: note.h })
}

function grow(board: Board, id: string): void {
  const [note, element] = [board.stage.note(id), board.stage.element(id)]
  if (!note || note.kind || !element) return
  const { grown } = board.editor
  const known = grown.get(id)
  const from = known?.to === note.h ? known.from : note.h
  if (from === note.h && element.dataset['fit'] !== SMALLEST) return
  const h = heightFor(neededHeight(board, id), from)
  if (h === note.h) return
  grown.set(id, { from, to: h })
  board.client.submit({ kind: 'note.set', note: id, set: { h } }, { undo: 'join' })
}

/** What the text takes in the smallest letters, with the paper around it. */
function neededHeight(board: Board, id: string): number {
  const element = board.stage.element(id)
  const text = element?.querySelector<HTMLElement>('.note-mirror')
  if (!element || !text) return 0
  const { fit } = element.dataset
  element.dataset['fit'] = SMALLEST
  const { paddingTop, paddingBottom } = getComputedStyle(element)
  const needed = text.offsetHeight + parseFloat(paddingTop) + parseFloat(paddingBottom)
  element.dataset['fit'] = fit
  return needed
}
