// A button with a picture and a name, for the small bars that scripts make.

import { icon, make } from './page.ts'

export function iconButton(name: string, words: string, run: () => void): HTMLButtonElement {
  const button = make('button', 'button quiet icon-only')
  button.type = 'button'
  button.title = words
  button.setAttribute('aria-label', words)
  button.append(icon(name))
  button.addEventListener('click', run)
  return button
}
