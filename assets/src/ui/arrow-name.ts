// What an arrow is called, in its place on the board and in the list.

import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import { frameName } from './listing.ts'
import { colorName, oneLine, shorten } from './words.ts'

/** "Arrow from this to that: its label". */
export function arrowName(a: Note, b: Note, label = ''): string {
  const [from, to] = [called(a), called(b)]
  return label ? say('Arrow from {from} to {to}: {label}', { from, to, label }) : say('Arrow from {from} to {to}', { from, to })
}

/** What stands at an arrow's end, in a few words. */
export function called(note: Note): string {
  if (note.kind === 'frame') return frameName(note)
  return shorten(oneLine(note.text || note.alt || ''), 40) || say('the empty {color} note', { color: colorName(note.color) })
}
