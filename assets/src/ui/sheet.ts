// A dialog made by script, as the server makes its own.

import { say } from '../say.ts'
import { icon, make } from './page.ts'

const FADE = 250 // ms that the style sheet takes to close it

/** A dialog with a title and a way to close it, on the page until it closes. */
export function sheet(id: string, title: string): HTMLDialogElement {
  document.getElementById(id)?.remove() // one that is still fading
  const dialog = make('dialog', 'sheet')
  dialog.id = id
  dialog.setAttribute('aria-labelledby', `${id}-title`)
  dialog.append(head(`${id}-title`, title))
  dialog.addEventListener('close', () => setTimeout(() => dialog.remove(), FADE))
  document.body.append(dialog)
  return dialog
}

function head(id: string, words: string): HTMLElement {
  const form = make('form', 'dialog-head')
  form.method = 'dialog'
  const title = make('h2', '', words)
  title.id = id
  const close = make('button', 'button quiet icon-only')
  close.setAttribute('aria-label', say('Close'))
  close.title = say('Close (Esc)')
  close.append(icon('close'))
  form.append(title, close)
  return form
}
