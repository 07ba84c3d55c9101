// How high notes must be for their texts: written once into notes that nobody
// sees, all of them side by side, so that a thousand texts cost one layout.

import { maxSize, minSize } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import type { Board } from './board.ts'
import { CHIP, guess, STEPS } from './fit.ts'
import { clamp } from './geometry.ts'
import { make } from './page.ts'
import { markList } from './reading.ts'

/** As much of a note as its height follows from. */
export type Written = Pick<Note, 'w' | 'h' | 'text' | 'link' | 'picture'>

const LAST = '\u200b' // a line break at the end has no height of its own
const SURELY = 3 // a text that most likely fits at this step fits at the last one

/** The heights that notes should have: what their texts need, but never less than they are. */
export function heightsFor(board: Board, notes: readonly Written[]): number[] {
  const long = notes.filter((note) => note.picture || !fitsSurely(note))
  const needed = new Map(neededHeights(board, long).map((height, i) => [long[i], height]))
  return notes.map((note) => heightFor((needed.get(note) ?? 0) * (note.picture ? 2 : 1), note.h)) // words have half of it below a picture
}

function fitsSurely({ link, ...note }: Written): boolean {
  return guess({ ...note, h: note.h - (link ? CHIP : 0) }) <= SURELY
}

/** What a text needs, but never less than the note was before. */
export function heightFor(needed: number, before: number): number {
  return clamp(Math.ceil(Math.max(needed, before)), minSize, maxSize)
}

/** What the texts take in the smallest letters, with the paper around them. */
export function neededHeights({ page }: Board, notes: readonly Written[]): number[] {
  const sheet = make('div', '')
  const papers = notes.map(paperFor)
  sheet.append(...papers)
  page.plane.append(sheet)
  const heights = papers.map((paper) => paper.offsetHeight)
  sheet.remove()
  return heights
}

/** A note in which somebody writes, since that one cuts nothing off. */
function paperFor({ text, w, link, picture }: Written): HTMLElement {
  const [paper, box, words] = [make('div', 'note is-editing'), make('div', 'note-text'), make('div', 'note-mirror')]
  words.textContent = text + LAST
  paper.dataset['fit'] = String(STEPS)
  paper.toggleAttribute('data-link', Boolean(link))
  paper.toggleAttribute('data-picture', Boolean(picture))
  Object.assign(paper.style, { width: `${w}px`, height: 'auto', contain: 'layout style' })
  box.dir = 'auto'
  markList(box, text)
  box.append(words)
  paper.append(box)
  return paper
}
