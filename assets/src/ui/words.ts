// Words for what is on the board: for labels, announcements and toasts.

import type { Note } from '../notes/note.ts'

/** "Yellow note by Ana: the text". A colour is always named, never only shown. */
export function noteLabel(note: Pick<Note, 'color' | 'text' | 'author'>): string {
  const by = note.author.name ? ` by ${note.author.name}` : ''
  const text = note.text.trim().replace(/\s+/g, ' ')
  return `${capital(note.color)} note${by}: ${text ? shorten(text, 300) : 'empty'}`
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** "1 note", "3 notes". */
export function count(n: number, one: string): string {
  return `${n} ${one}${n === 1 ? '' : 's'}`
}

/** At most `most` characters, cut between code points. */
export function shorten(text: string, most: number): string {
  const points = [...text]
  return points.length <= most ? text : points.slice(0, most - 1).join('').trimEnd() + '…'
}

/** The first letters of a name, for an avatar. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const letters = words.length > 1 ? [words[0]!, words.at(-1)!] : words
  return letters.map((w) => [...w][0]!.toUpperCase()).join('') || '?'
}
