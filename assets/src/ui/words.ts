// Words for what is on the board: for labels, announcements and toasts.

import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'

/** "Yellow note by Ana: the text, locked". A colour is always named, never only shown. */
export function noteLabel(note: Pick<Note, 'kind' | 'color' | 'text' | 'author' | 'alt' | 'locked' | 'link'>): string {
  const author = note.author.name
  const words = shorten(oneLine([note.alt, note.text].join(' ')), 300) || say('empty')
  const text = [words, ...(note.locked ? [say('locked')] : []), ...(note.link ? [say('with a link')] : [])].join(', ')
  if (note.kind === 'frame') return say('Frame: {text}', { text })
  const Color = capital(colorName(note.color))
  return author ? say('{Color} note by {author}: {text}', { Color, author, text }) : say('{Color} note: {text}', { Color, text })
}

const colors: Record<string, string> = {
  yellow: say('yellow'),
  orange: say('orange'),
  coral: say('coral'),
  pink: say('pink'),
  violet: say('violet'),
  blue: say('blue'),
  sky: say('sky'),
  teal: say('teal'),
  green: say('green'),
  lime: say('lime'),
  sand: say('sand'),
  white: say('white'),
  grey: say('grey'),
  graphite: say('graphite'),
}

/** A note's colour in words, as it stands within a sentence. */
export function colorName(color: string): string {
  return colors[color] ?? color
}

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** The text as one line. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
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
