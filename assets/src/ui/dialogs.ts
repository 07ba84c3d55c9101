// The sheets. What stands in the one for sharing comes from the server; what
// fetches the links, the help and the palette of commands are loaded later, since
// the first sight of a board needs none of them.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { focusQuietly } from './focus.ts'
import { complete, later } from './later.ts'
import { part } from './page.ts'

const help = later(() => complete(import('./help.ts')))
const palette = later(() => complete(import('./palette.ts')))

let byHand = false // what was pressed last, beside what is in a sheet, was pressed by a pointer

export function dialogs(board: Board): void {
  document.addEventListener('click', (e) => e.isTrusted && !(e.target as Element).closest('dialog') && (byHand = e.detail > 0), true)
  opens('share-open', 'share-dialog')
  fetching()
  for (const dialog of document.querySelectorAll('dialog')) returns(board, dialog)
  if (board.mode === 'board') asking(board)
}

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
  if (!document.querySelector('dialog[open]') && (isLost || (byHand && at instanceof HTMLButtonElement))) focusQuietly(board.page.desk)
}

function asking(board: Board): void {
  const shared = { group: 'board' } as const
  board.actions.add(
    { ...shared, id: 'palette', title: say('Commands'), keys: 'Ctrl+K Ctrl+/', where: 'anywhere', run: () => palette((m) => m.openPalette(board)) },
    { ...shared, id: 'help', title: say('Keys and help'), keys: '?', where: 'anywhere', also: say('shortcuts keyboard'), run: () => openHelp(board) },
  )
  const share = part('share-open', HTMLElement)
  if (share) board.actions.add({ ...shared, id: 'share', title: say('Share this board'), also: say('invite link'), run: () => share.click() })
  part('help-open', HTMLElement)?.addEventListener('click', () => board.actions.run('help'))
  part('commands-open', HTMLElement)?.addEventListener('click', () => board.actions.run('palette'))
}

function openHelp(board: Board): Promise<boolean> | void {
  return help(({ helpSheet }) => {
    if (document.querySelector('#help-dialog[open]')) return
    const sheet = helpSheet(board)
    closesBeside(sheet)
    returns(board, sheet)
    sheet.showModal()
  })
}

function opens(button: string, id: string): void {
  const dialog = part(id, HTMLDialogElement)
  if (!dialog) return
  part(button, HTMLElement)?.addEventListener('click', () => dialog.open || dialog.showModal())
  closesBeside(dialog)
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

/** Loads what fetches the links at the first wish to share; it then takes the button over. */
function fetching(): void {
  const button = part('share-open', HTMLElement)
  const dialog = part('share-dialog', HTMLDialogElement)
  // Who has closed it by then is not asked again.
  button?.addEventListener('click', () => fetches || share(() => dialog?.open && button.click()))
}
