// What sheets look like and how one leaves them. It comes with the first of them.

import style from '../../css/dialogs.css'
import type { Board } from './board.ts'
import { wasByHand } from './dialogs.ts'
import { focusQuietly } from './focus.ts'
import { later, wear } from './later.ts'
import { part } from './page.ts'

wear(style)

/**
 * The focus goes back to the board when the sheet closes; who came by keys finds themselves where they came from.
 * With Esc that is at once: the browser tells of the closing only later, and the next key would go astray.
 */
export function returns(board: Board, dialog: HTMLDialogElement): void {
  dialog.addEventListener('close', () => goBack(board, dialog))
  dialog.addEventListener('keydown', (e) => {
    if (e.key !== 'Escape' || e.isComposing) return
    e.preventDefault()
    dialog.close()
    goBack(board, dialog)
  })
}

/** Who has turned to something else since, a field that opened, stays there. Where somebody came from may be gone; the focus is still in the sheet then, while that fades. */
export function goBack(board: Board, closed: HTMLDialogElement): void {
  const at = document.activeElement
  const isLost = !at || at === document.body || closed.contains(at)
  if (!document.querySelector('dialog[open]') && (isLost || (wasByHand() && at instanceof HTMLButtonElement))) focusQuietly(board.page.desk)
}

/** A click on the dark around a sheet closes it, as Esc does. */
export function closesBeside(dialog: HTMLDialogElement): void {
  dialog.addEventListener('click', (e) => {
    if (e.target !== dialog) return
    const r = dialog.getBoundingClientRect()
    const inside = e.clientX >= r.left && e.clientX <= r.right && e.clientY >= r.top && e.clientY <= r.bottom
    if (!inside) dialog.close()
  })
}

let fetches = false
const share = later(async () => {
  await (await import('./share.ts')).ready
  fetches = true
})

let listens = false

/** Opens the sheet with the board's links. What stands in it comes from the server; what fetches that is loaded at the first wish, and takes the button over. */
export function openShare(board: Board): void {
  const dialog = part('share-dialog', HTMLDialogElement)
  if (!dialog) return
  if (!listens) {
    closesBeside(dialog)
    returns(board, dialog)
  }
  listens = true
  if (!dialog.open) dialog.showModal()
  // Who has closed it by then is not asked again.
  if (!fetches) share(() => dialog.open && part('share-open', HTMLElement)?.click())
}
