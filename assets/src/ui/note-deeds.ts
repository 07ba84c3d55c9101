// What can be done with a note beside writing, moving and colouring it: lock
// it, give it a link, ask who wrote it.

import style from '../../css/popup.css'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { carried, moving } from './carried.ts'
import { complete, later, wear } from './later.ts'
import { linkForm } from './link-form.ts'
import { isLocked, setLocked, unlocked } from './lock.ts'
import { remove } from './remove.ts'
import { sizing } from './sizes.ts'

const describe = later(() => import('./describe.ts'))
const menu = later(() => complete(import('./menu.ts')))

export function noteDeeds(board: Board): void {
  wear(style)
  sizing(board)
  const one = (): Note | undefined => board.stage.note(board.selection.only ?? '')
  const pictured = (): Note | undefined => [...board.selection.ids].map((id) => board.stage.note(id)).find((note) => note?.picture)
  const allLocked = (): boolean => [...board.selection.ids].every((id) => isLocked(board, id))
  const shared = { group: 'notes', enabled: () => board.selection.size > 0 } as const
  board.actions.add(
    { ...shared, id: 'note.lock', keys: 'Ctrl+Shift+L', edits: true, also: say('lock unlock pin'),
      get title() { return board.selection.size > 0 && allLocked() ? say('Unlock') : say('Lock') },
      run: () => setLocked(board, [...board.selection.ids], !allLocked()) },
    { ...shared, id: 'note.link', edits: true, also: say('link address url'), enabled: () => !!one(),
      get title() { return one()?.link ? say('Change the link…') : say('Add a link…') },
      run: () => void (unlocked(board, [one()!.id]).length > 0 && linkForm(board, one()!)) },
    { ...shared, id: 'picture.describe', title: say('Describe this picture'), edits: true, also: say('alternative text'),
      enabled: () => !!pictured(),
      run: () => describe((m) => unlocked(board, [pictured()!.id]).length > 0 && m.describePicture(board, pictured()!)) },
    { ...shared, id: 'frame.delete', title: say('Delete the frame and what lies in it'), keys: 'Shift+Delete', where: 'board', edits: true,
      enabled: () => carried(board, board.selection.ids).size > 0, run: () => removeWithContent(board) },
    { ...shared, id: 'note.author', title: say('Who wrote this'), also: say('author time details'), enabled: () => !!one(),
      run: () => board.toasts.show(made(one()!), { key: 'made' }) },
    { id: 'menu', title: say('Menu'), group: 'board', ways: [say('Right-click'), say('Shift+F10')], run: (_, at) => menu((m) => m.openMenu(board, at)) },
  )
}

/** Deleting a frame leaves its notes: this takes them along. */
function removeWithContent(board: Board): void {
  const ids = moving(board)
  if (ids.length === 0) return
  board.selection.set(ids)
  remove(board)
}

/** "Ana, 21 November, 14:03", in the reader's language and time. */
export function made({ author, at }: Pick<Note, 'author' | 'at'>, now = new Date(), language = document.documentElement.lang): string {
  const name = author.name || say('Somebody')
  if (!at) return name
  const when = new Date(at)
  const year = when.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  const locale = language.startsWith('en') ? 'en-GB' : language
  const day = when.toLocaleDateString(locale, { day: 'numeric', month: 'long', ...year })
  const time = when.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })
  return `${name}, ${day}, ${time}`
}
