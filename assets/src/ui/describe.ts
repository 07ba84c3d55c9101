// What a picture shows, in words: for those who cannot see it, and for search.

import { maxAlt } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { clean, cut } from './caret.ts'
import { make } from './page.ts'
import { sendSets } from './send.ts'
import { sheet } from './sheet.ts'
import { closesBeside, returns } from './sheets.ts'

export function describePicture(board: Board, { id, alt }: Note): void {
  board.toasts.close('describe')
  const dialog = sheet('describe-dialog', say('Describe this picture'))
  const [form, label, field, row, save] = [
    make('form', 'describe'), make('label', 'muted', say('What does somebody miss who cannot see it? A sentence will do.')),
    make('textarea', 'field'), make('p', 'dialog-actions'), make('button', 'button primary', say('Save')),
  ]
  Object.assign(field, { id: 'describe-words', value: alt ?? '', maxLength: maxAlt, rows: 3, autofocus: true, dir: 'auto' })
  label.htmlFor = field.id
  form.method = 'dialog'
  row.append(save)
  form.append(label, field, row)
  form.addEventListener('submit', () => sendSets(board.client, [{ note: id, set: { alt: cut(clean(field.value.trim()), maxAlt) } }]))
  field.addEventListener('keydown', (e) => {
    if (e.key !== 'Enter' || e.isComposing || e.shiftKey) return
    e.preventDefault()
    form.requestSubmit(save)
  })
  dialog.append(form)
  closesBeside(dialog)
  returns(board, dialog)
  dialog.showModal()
}
