// The field for a note's link.

import { isLink } from '../notes/link.ts'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { button } from './button.ts'
import { make } from './page.ts'
import { openPopup } from './popup.ts'
import { sendSets } from './send.ts'

/** The address that somebody means: a bare host is one, and so is a bare mail address; null when it is none. */
export function addressOf(typed: string): string | null {
  const text = typed.trim()
  const address = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text) ? text : /^[^\s/@:]+@[^\s/@]+\.[^\s/@]+$/.test(text) ? `mailto:${text}` : `https://${text}`
  const isWhole = /^mailto:/i.test(address) || (URL.canParse(address) && /[.:]|^localhost$/.test(new URL(address).hostname))
  return isWhole && isLink(address) ? address : null
}

export function linkForm(board: Board, note: Note): void {
  const set = (link: string): void => sendSets(board.client, [{ note: note.id, set: { link } }])
  openPopup(board, 'link-form', (popup, close) => {
    const form = make('form', '')
    form.noValidate = true
    const field = make('input', 'field')
    field.type = 'url'
    field.value = note.link ?? ''
    field.maxLength = 2048
    field.id = 'link-field'
    const label = make('label', '', say('Link of the note'))
    label.htmlFor = field.id
    const fault = make('p', 'fault')
    fault.id = 'link-fault'
    fault.setAttribute('role', 'alert')
    form.append(label, field, fault, buttons(note, () => (set(''), close())))
    form.addEventListener('submit', (e) => {
      e.preventDefault()
      const address = field.value.trim() === '' ? '' : addressOf(field.value)
      if (address === null) return refuse(field, fault)
      set(address)
      close()
    })
    popup.append(form)
  })
}

function refuse(field: HTMLInputElement, fault: HTMLElement): void {
  fault.textContent = say('This is no address. One looks like https://example.org or ana@example.org.')
  field.setAttribute('aria-invalid', 'true')
  field.setAttribute('aria-describedby', fault.id)
  field.focus()
}

function buttons(note: Note, remove: () => void): HTMLElement {
  const row = make('div', 'row')
  const save = make('button', 'button primary', say('Save'))
  row.append(save)
  if (note.link) row.append(button(say('Remove the link'), remove))
  return row
}
