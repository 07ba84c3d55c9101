// Buttons that copy: data-copy names the field whose content they take.

import { say } from '../say.ts'

const SAID = 1600 // ms

document.addEventListener('click', (e) => {
  const button = e.target instanceof Element ? e.target.closest<HTMLElement>('[data-copy]') : null
  const field = button && document.getElementById(button.dataset['copy']!)
  if (button && (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) void copy(button, field)
})

function copy(button: HTMLElement, field: HTMLInputElement | HTMLTextAreaElement): Promise<void> {
  return copyWords(button, field.value, () => field.select())
}

/** Copies words for a button; `select` marks them on the page, for who has to copy them by hand. */
export async function copyWords(button: HTMLElement, words: string, select: () => void): Promise<void> {
  select()
  try {
    await navigator.clipboard.writeText(words)
    flash(button, say('Copied'))
  } catch {
    // No permission, or no secure address: the text is selected, the person copies it.
    flash(button, say('Press Ctrl+C'))
  }
}

/** Says it on the button for a moment. */
function flash(button: HTMLElement, words: string): void {
  const label = [...button.childNodes].findLast((n) => n.nodeType === Node.TEXT_NODE && n.textContent?.trim())
  if (!label || button.dataset['said'] !== undefined) return
  const before = label.textContent
  button.dataset['said'] = ''
  label.textContent = words
  setTimeout(() => {
    label.textContent = before
    delete button.dataset['said']
  }, SAID)
}
