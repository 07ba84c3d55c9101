// Few notes have a picture: what shows one is loaded when there is one.

import type { Note } from '../notes/note.ts'
import { later } from './later.ts'

const picture = later(() => import('./picture.ts'))

/** Brings a note's picture up to the note. */
export function pictured(element: HTMLElement, note: Note): void {
  picture((m) => m.showPicture(element, note))
}
