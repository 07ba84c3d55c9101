// One note's element: made from the note, changed only where the note changed.

import type { Note } from '../notes/note.ts'
import { showExtras } from './extras.ts'
import type { Rect } from './geometry.ts'
import { pictured } from './pictured.ts'
import { isRich, showText } from './reading.ts'
import { noteLabel } from './words.ts'

/** What an element shows now; the stage keeps one for each element on the page. */
export interface Shown {
  readonly element: HTMLElement
  readonly text: HTMLElement
  note: Note | null // null: adopted from the server's page, not compared yet
  place: Rect | null
  layer: number | null
  /** Somebody writes here: the text's box is theirs. */
  written: boolean
}

export function makeShown(note: Note): Shown {
  const element = document.createElement(note.kind ? 'h2' : 'article')
  element.className = 'note'
  element.id = `n-${note.id}`
  element.dataset['id'] = note.id
  if (note.kind) element.dataset['kind'] = note.kind
  element.tabIndex = -1
  const text = document.createElement('div')
  text.className = 'note-text'
  text.dir = 'auto'
  element.append(text)
  return shownAs(element, text)
}

function shownAs(element: HTMLElement, text: HTMLElement): Shown {
  return { element, text, note: null, place: null, layer: null, written: false }
}

/** Takes over an element of the server's page; null when it is not a note. */
export function adoptShown(element: HTMLElement): Shown | null {
  const text = element.querySelector<HTMLElement>(':scope > .note-text')
  return text && element.dataset['id'] ? shownAs(element, text) : null
}

/**
 * Brings the element up to the note. Tells whether its text must be fitted
 * anew.
 */
export function showNote(shown: Shown, note: Note): boolean {
  const old = shown.note
  if (old === note) return false
  const { element, text } = shown
  shown.note = note
  if (element.dataset['color'] !== note.color) element.dataset['color'] = note.color
  const newText = old ? old.text !== note.text : text.textContent !== note.text || isRich(note.text)
  if (newText && !shown.written) showText(text, note.text)
  if (note.picture || old?.picture) pictured(element, note)
  const otherRoom = showExtras(element, note)
  if (!old || newText || soundsOther(old, note)) element.setAttribute('aria-label', noteLabel(note))
  return !old || newText || otherRoom
}

/** Whether a note's name tells of more than its text that is not as it was. */
function soundsOther(old: Note, note: Note): boolean {
  return old.author.name !== note.author.name || (['color', 'alt', 'locked', 'link'] as const).some((f) => old[f] !== note[f])
}

/** Puts the element in its place. Tells whether its size changed. */
export function placeNote(shown: Shown, place: Rect, layer: number): boolean {
  const { element, place: old } = shown
  const style = element.style
  if (old?.x !== place.x || old.y !== place.y) style.transform = `translate(${place.x}px, ${place.y}px)`
  const resized = old?.w !== place.w || old.h !== place.h
  if (resized) {
    style.width = `${place.w}px`
    style.height = `${place.h}px`
  }
  if (shown.layer !== layer) style.zIndex = String(layer)
  shown.place = place
  shown.layer = layer
  return resized
}
