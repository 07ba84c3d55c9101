// A button with a picture and a name, for the small bars that scripts make.

import { button } from './button.ts'
import { icon } from './page.ts'

export function iconButton(name: string, words: string, run: () => void): HTMLButtonElement {
  const b = button('', run, 'button quiet icon-only')
  b.title = words
  b.setAttribute('aria-label', words)
  b.append(icon(name))
  return b
}
