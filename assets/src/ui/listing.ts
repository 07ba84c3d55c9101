// What the list of notes shows: the notes one asks for, in parts that have a
// heading each. No DOM.

import { framesOf, frameOf, outline } from '../notes/frames.ts'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import { fold } from './fold.ts'
import { capital, colorName, oneLine } from './words.ts'

export type Sorting = 'place' | 'color' | 'author' | 'newest'

/** Which notes, and in which order. */
export interface Wish {
  readonly words: string
  readonly color: string // '' for all
  readonly by: Sorting
}

/** Notes under one heading. */
export interface Part {
  readonly key: string // stays while the part does
  readonly title: string
  readonly depth: number // how many frames its frame lies in
  readonly frame: Note | undefined
  readonly notes: readonly Note[]
}

/** The parts of the list, without connectors. A part without notes is there too, unless one looks for something. */
export function listed(live: readonly Note[], wish: Wish): Part[] {
  const fits = fitting(wish)
  const isSought = wish.words.trim() !== '' || wish.color !== ''
  const parts = wish.by === 'place' ? byPlace(live, fits) : byOther(live.filter((n) => !n.kind && fits(n)), wish.by)
  return parts.filter((p) => p.notes.length > 0 || !isSought || (p.frame && fits(p.frame)))
}

function byPlace(live: readonly Note[], fits: (note: Note) => boolean): Part[] {
  return outline(live).map(({ frame, depth, notes }) => ({
    key: `in ${frame?.id ?? ''}`, title: frame ? frameName(frame) : '', depth, frame, notes: notes.filter(fits),
  }))
}

function byOther(notes: readonly Note[], by: Exclude<Sorting, 'place'>): Part[] {
  const newest = [...notes].sort((a, b) => age(b) - age(a) || (a.id < b.id ? -1 : 1))
  if (by === 'newest') return [{ key: by, title: say('Newest first'), depth: 0, frame: undefined, notes: newest }]
  const parts = new Map<string, Note[]>()
  for (const note of newest.reverse()) {
    const title = by === 'color' ? capital(colorName(note.color)) : note.author.name || say('Somebody')
    const part = parts.get(title)
    if (part) part.push(note)
    else parts.set(title, [note])
  }
  const sorted = [...parts].sort(([a], [b]) => a.localeCompare(b))
  return sorted.map(([title, own]) => ({ key: `${by} ${title}`, title, depth: 0, frame: undefined, notes: own }))
}

/** What is not saved yet is the newest. */
function age(note: Note): number {
  return note.created || Infinity
}

function fitting({ words, color }: Wish): (note: Note) => boolean {
  const needle = fold(words).trim().replace(/\s+/g, ' ')
  return (note) =>
    (!color || note.color === color) &&
    (!needle || fold([note.text, note.author.name, note.alt ?? ''].join('\n')).replace(/[^\S\n]+/g, ' ').includes(needle))
}

/** What a frame is called. */
export function frameName(frame: Pick<Note, 'text'>): string {
  return oneLine(frame.text) || say('Frame without a name')
}

/** All frames by name, for who wants to move a note into one; and which one holds it. */
export function homes(live: readonly Note[]): { frames: readonly Note[]; of(note: Note): Note | undefined } {
  const frames = framesOf(live)
  return { frames: [...frames].sort((a, b) => frameName(a).localeCompare(frameName(b))), of: (note) => frameOf(note, frames) }
}
