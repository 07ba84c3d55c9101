// The sheets: sharing and help. What stands in them comes from the server.

import type { Board } from './board.ts'
import { part } from './page.ts'

export function dialogs(board: Board): void {
  opens('share-open', 'share-dialog')
  opens('help-open', 'help-dialog')
  board.keys.on('help', () => part('help-dialog', HTMLDialogElement)?.showModal())
  for (const dialog of document.querySelectorAll('dialog')) {
    dialog.addEventListener('close', () => board.page.desk.focus({ preventScroll: true }))
  }
}

function opens(button: string, id: string): void {
  const dialog = part(id, HTMLDialogElement)
  if (!dialog) return
  part(button, HTMLElement)?.addEventListener('click', () => dialog.open || dialog.showModal())
  // The sheet itself is inside the dialog: a click on the dialog is one beside it.
  dialog.addEventListener('click', (e) => e.target === dialog && dialog.close())
}
