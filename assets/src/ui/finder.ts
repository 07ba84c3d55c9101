// Which notes a search finds, in the order in which they are read, and which of
// them one is at. Kept up as notes change. No DOM.

import { reading } from '../notes/frames.ts'
import type { Note } from '../notes/note.ts'
import { fold } from './fold.ts'
import { colorName } from './words.ts'

const folded = new WeakMap<Note, string>()

/** What of a note is searched: its text, who wrote it, the name of its colour, what its picture shows. */
function haystack(note: Note): string {
  let hay = folded.get(note)
  if (hay === undefined) {
    const words = [note.text, note.author.name, colorName(note.color), note.alt ?? ''].map((w) => fold(w).replace(/\s+/g, ' '))
    folded.set(note, (hay = words.join('\n')))
  }
  return hay
}

export class Finder {
  private needle = ''
  private readonly notes = new Map<string, Note>() // those that fit
  private found: string[] = [] // their ids, as they are read
  /** The note one is at. */
  current: string | undefined

  /** Begins anew. The note one is at stays when it fits, else it is the first that is `near`, else the first. */
  look(typed: string, notes: Iterable<Note>, near: (note: Note) => boolean): void {
    this.needle = fold(typed).trim().replace(/\s+/g, ' ')
    this.refresh(notes)
    if (this.current && this.found.includes(this.current)) return
    this.current = this.found.find((id) => near(this.notes.get(id)!)) ?? this.found[0]
  }

  /** The notes changed: what is gone or fits no more is left out, the next one takes its place. */
  refresh(notes: Iterable<Note>): void {
    const before = this.found
    this.notes.clear()
    for (const note of notes) if (this.fits(note)) this.notes.set(note.id, note)
    this.found = reading([...this.notes.values()]).map((n) => n.id)
    if (this.current === undefined || this.notes.has(this.current)) return
    const after = before.slice(before.indexOf(this.current) + 1)
    this.current = after.find((id) => this.notes.has(id)) ?? this.found[0]
  }

  private fits(note: Note): boolean {
    return this.needle !== '' && haystack(note).includes(this.needle)
  }

  get ids(): ReadonlySet<string> {
    return new Set(this.found)
  }

  get size(): number {
    return this.found.length
  }

  /** Which one of them it is, counted from 1; 0 when there is none. */
  get at(): number {
    return this.current === undefined ? 0 : this.found.indexOf(this.current) + 1
  }

  /** On to the next, or back; round at the ends. */
  step(by: 1 | -1): void {
    const n = this.found.length
    if (n > 0) this.current = this.found[(this.at - 1 + by + n) % n]
  }

  /** Where the words stand in a text, as UTF-16 indexes. */
  spans(text: string): [from: number, to: number][] {
    return spansOf(text, this.needle)
  }
}

/** Where a folded text stands in one that is not folded: character by character, since folding changes lengths. */
export function spansOf(text: string, needle: string): [from: number, to: number][] {
  if (!needle) return []
  let hay = ''
  const starts: number[] = []
  let at = 0
  for (const char of text) {
    const plain = /\s/.test(char) ? ' ' : fold(char)
    for (let i = 0; i < plain.length; i++) starts.push(at)
    hay += plain
    at += char.length
  }
  starts.push(text.length)
  const out: [number, number][] = []
  for (let i = hay.indexOf(needle); i >= 0; i = hay.indexOf(needle, i + needle.length)) {
    out.push([starts[i]!, endOf(starts, i + needle.length)])
  }
  return out
}

/** Past the whole last character, also when it folds into several. */
function endOf(starts: readonly number[], at: number): number {
  while (at < starts.length - 1 && starts[at] === starts[at - 1]) at++
  return starts[at]!
}
