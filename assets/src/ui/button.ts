// A button with words, for the bars, cards and messages that scripts make.

import { make } from './page.ts'

export function button(words: string, run: () => void, className = 'button quiet'): HTMLButtonElement {
  const b = make('button', className, words)
  b.type = 'button'
  b.addEventListener('click', run)
  return b
}
