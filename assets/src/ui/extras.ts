// What few notes have beside their text: a lock, shown by a sign, and a link,
// shown as the name of where it leads.

import type { Note } from '../notes/note.ts'
import { make } from './page.ts'

/** Where a link leads, in few letters. views/note.go has the same. */
export function placeOf(link: string): string {
  return link.replace(/^(mailto:|https?:\/\/([^/?#]*@)?(www\.)?)/i, '').split(/[/?#]/)[0]!
}

/** Brings signs up to the note. Tells whether there is more or less room for its text. */
export function showExtras(element: HTMLElement, { locked, link }: Note): boolean {
  element.toggleAttribute('data-locked', locked === true)
  const chip = element.querySelector(':scope > .note-chip')
  if ((chip?.getAttribute('href') ?? undefined) === link) return false
  chip?.remove()
  element.toggleAttribute('data-link', link !== undefined)
  if (link) element.append(chipFor(link, element.tabIndex))
  return true
}

function chipFor(link: string, tabIndex: number): HTMLElement {
  const chip = make('a', 'note-link note-chip', placeOf(link))
  chip.href = link
  chip.target = '_blank'
  chip.rel = 'noopener noreferrer nofollow'
  chip.title = link
  chip.draggable = false
  chip.tabIndex = tabIndex
  return chip
}
