// A note whose text is too long even in the smallest letters grows downwards
// while somebody types, and goes back as far as it came when the text gets
// shorter. It is the typist's page that makes it grow, as a part of the typing:
// so everybody sees the same size, and one undo takes back both. Who only looks
// on changes nothing, and a note that somebody made too small by hand stays so
// until it is written in.

import { defaultSize } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import type { Board } from './board.ts'
import { heightsFor, neededHeights } from './heights.ts'

const LINE = 24 // board units by which the height of a grown note may miss that of its text
const WIDE = 2 * defaultSize
const KEPT = 'corkboard grown' // for this tab, as its steps of undo are

/**
 * The height that a note had before its text made it higher, as far as it shows:
 * that of a square, or of a wide note. Undefined for one that did not grow.
 */
export function heightBefore({ w, h }: Pick<Note, 'w' | 'h'>, needed: number): number | undefined {
  const miss = Math.abs(needed - h)
  if (h > w) return miss < LINE ? (w === WIDE ? w / 2 : w) : undefined
  return h > w / 2 && h < w && miss < 1 ? w / 2 : undefined
}

/** Looks at the notes in which somebody writes where they lie, and at one as it was before letters that are there already. */
export function growing(board: Board, before: Note | undefined): void {
  const { editor, stage } = board
  for (const [id, growth] of kept(board.id)) if (!editor.grown.has(id)) editor.grown.set(id, growth)
  window.addEventListener('pagehide', () => keep(board))
  let seen: Note | undefined // as high as it was looked at last; somebody else may write in it, too, and make it grow
  const look = (): void => {
    const note = board.stage.note(editor.id ?? '')
    if (note && (note.id !== seen?.id || note.h !== seen.h)) recognise(board, note)
    seen = note
  }
  editor.onChange(look)
  stage.onPaint(look)
  recognise(board, before)
  look()
}

/** Looks whether a note grew that is about to be written in: with the next letter that is no longer to be seen. */
export function recognise(board: Board, note: Note | undefined): void {
  if (!growsWithText(note) || board.editor.grown.get(note.id)?.to === note.h) return
  const from = heightBefore(note, neededHeights(board, [note])[0]!)
  if (from !== undefined) board.editor.grown.set(note.id, { from, to: note.h })
}

/** As a part of the step that wrote the text. */
export function growToText(board: Board, id: string): void {
  const note = board.stage.note(id)
  if (!growsWithText(note)) return
  const { grown } = board.editor
  const known = grown.get(id)
  const from = known?.to === note.h ? known.from : note.h
  const h = heightsFor(board, [{ ...note, h: from }])[0]!
  if (h === note.h) return
  grown.set(id, { from, to: h })
  board.client.submit({ kind: 'note.set', note: id, set: { h } }, { undo: 'join' })
}

/** Words below a picture have a place of their own, and frames and arrows show one line. */
export function growsWithText(note: Note | undefined): note is Note {
  return note !== undefined && !note.kind && !note.picture
}

type Growths = Board['editor']['grown']

function keep({ id, editor }: Board): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify([id, [...editor.grown]]))
  } catch {
    // Storage is off: then a note goes by its looks.
  }
}

function kept(board: string): Growths {
  try {
    const [of, growths] = JSON.parse(sessionStorage.getItem(KEPT) ?? '[]') as [string?, [string, { from: number; to: number }][]?]
    return new Map(of === board ? growths : [])
  } catch {
    return new Map()
  }
}
