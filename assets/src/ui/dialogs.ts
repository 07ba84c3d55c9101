// The sheets: sharing and help. What stands in them comes from the server; the
// script that fetches the links is loaded when somebody wants to share, since
// few people on a board ever do.

import type { Board } from './board.ts'
import { focusQuietly } from './focus.ts'
import { part } from './page.ts'

export function dialogs(board: Board): void {
  opens('share-open', 'share-dialog')
  opens('help-open', 'help-dialog')
  fetching(board)
  board.keys.on('help', () => part('help-dialog', HTMLDialogElement)?.showModal())
  for (const dialog of document.querySelectorAll('dialog')) {
    dialog.addEventListener('close', () => focusQuietly(board.page.desk))
  }
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
