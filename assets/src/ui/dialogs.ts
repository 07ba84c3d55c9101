// The sheets. What stands in the one for sharing comes from the server; the
// script that fetches the links is loaded when somebody wants to share, and that
// of the help when somebody asks for it, since few people on a board ever do.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { focusQuietly } from './focus.ts'
import { part } from './page.ts'

export function dialogs(board: Board): void {
  opens('share-open', 'share-dialog')
  fetching(board)
  for (const dialog of document.querySelectorAll('dialog')) returns(board, dialog)
  helping(board)
}

/** The focus goes back to the board when the sheet closes. */
function returns(board: Board, dialog: HTMLDialogElement): void {
  dialog.addEventListener('close', () => focusQuietly(board.page.desk))
}

function helping(board: Board): void {
  if (board.mode === 'embed') return
  board.actions.add({
    id: 'help', title: say('Keys and help'), group: 'board', keys: '?', also: say('shortcuts keyboard'),
    run: () => void help(board),
  })
  part('help-open', HTMLElement)?.addEventListener('click', () => board.actions.run('help'))
}

async function help(board: Board): Promise<void> {
  const { helpSheet } = await import('./help.ts')
  const sheet = helpSheet(board)
  closesBeside(sheet)
  returns(board, sheet)
  sheet.showModal()
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

/** Loads the pages' script at the first wish to share; it then takes the button over. */
function fetching(board: Board): void {
  const button = part('share-open', HTMLElement)
  if (!button) return
  let loading: Promise<void> | null = null
  let ready = false
  const load = (): Promise<void> =>
    (loading ??= loadPages().then(
      () => void (ready = true),
      (error: unknown) => {
        loading = null
        throw error
      },
    ))
  button.addEventListener('pointerenter', () => void load().catch(() => undefined))
  button.addEventListener('click', () => {
    if (ready) return
    load().then(
      () => button.click(),
      () => board.toasts.show('The links could not be fetched. Try again in a moment.', { key: 'share' }),
    )
  })
}

/** The address of a script changes with its content; the manifest knows it. */
async function loadPages(): Promise<void> {
  const answer = await fetch('/assets/manifest.json')
  if (!answer.ok) throw new Error(`the manifest was answered with ${answer.status}`)
  const names = (await answer.json()) as Record<string, string>
  await import(`/assets/${names['pages.js']}`)
  // It begins its work in a task of its own, which stands before this one.
  await new Promise((done) => setTimeout(done))
}
