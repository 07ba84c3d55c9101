// The picture of a note that has one, above its words.

import style from '../../css/picture.css'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import { wear } from './later.ts'

wear(style)

/** Where one of this board's pictures is, also in an embed. */
export function addressOf(picture: string): string {
  return `${location.pathname}/pictures/${picture}`
}

export function showPicture(element: HTMLElement, { picture, alt }: Pick<Note, 'picture' | 'alt'>): void {
  const there = element.querySelector<HTMLImageElement>(':scope > .note-picture')
  element.toggleAttribute('data-picture', Boolean(picture))
  if (!picture) return there?.remove()
  const img = there ?? added(element)
  img.alt = alt || say('A picture that nobody has described yet')
  if (img.getAttribute('src') !== addressOf(picture)) img.src = addressOf(picture)
}

function added(element: HTMLElement): HTMLImageElement {
  const img = new Image()
  img.className = 'note-picture'
  img.draggable = false
  img.decoding = 'async'
  img.addEventListener('error', () => img.setAttribute('data-missing', ''))
  img.addEventListener('load', () => img.removeAttribute('data-missing'))
  element.prepend(img)
  return img
}

/** Those that could not be fetched may be there now. */
window.addEventListener('online', () => {
  for (const img of document.querySelectorAll<HTMLImageElement>('.note-picture[data-missing]')) img.src = img.src
})
