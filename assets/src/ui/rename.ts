// The board's name, changed in place.

import { maxName } from '../notes/limits.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { cut } from './caret.ts'
import { part } from './page.ts'

export function renaming(board: Board): void {
  const field = part('board-name', HTMLInputElement)
  const name = (): string => board.client.view.board.name
  const show = (): void => {
    if (field && document.activeElement !== field) field.value = name()
    const heading = document.querySelector('h1')
    if (heading) heading.textContent = name() || say('Untitled board')
    board.page.board.setAttribute('aria-label', say('Board {board}', { board: name() || say('Untitled board') }))
    document.title = document.title.replace(/^.*(?= · )|^[^·]*$/, () => name() || say('Untitled board'))
  }
  board.client.onChange((c) => (c.board || c.all) && show())
  if (!field) return
  const send = (): void => {
    const wanted = cut(field.value.trim().replace(/\s+/g, ' '), maxName)
    if (wanted && wanted !== name() && board.canEdit()) board.client.submit({ kind: 'board.set', set: { name: wanted } })
  }
  // Whoever was quicker than this script has typed a name that nobody heard of.
  if (field.value !== field.defaultValue) send()
  let from: HTMLElement | null = null // the note from which one came by the command
  board.actions.add({
    id: 'rename', title: say('Rename this board'), group: 'board', edits: true, also: say('name title'),
    run() {
      from = document.querySelector('.note:focus')
      field.select()
    },
  })
  field.addEventListener('blur', () => (from = null))
  field.addEventListener('change', () => {
    send()
    field.value = name()
  })
  field.addEventListener('keydown', (e) => {
    if (e.isComposing || (e.key !== 'Enter' && e.key !== 'Escape')) return
    if (e.key === 'Escape') field.value = name()
    ;(from?.isConnected ? from : board.page.desk).focus({ preventScroll: true })
  })
  board.client.onRole(() => (field.readOnly = !board.canEdit()))
}
