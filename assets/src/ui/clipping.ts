// The clipboard's part that comes later: what is put onto it, and what is taken.

import type { Load } from './paste.ts'
import { plural, say } from '../say.ts'
import type { Board } from './board.ts'
import { formsOf } from './clip.ts'
import { gathered } from './copies.ts'
import { paste } from './paste.ts'
import { remove } from './remove.ts'

/** Puts the selected notes onto the clipboard. */
export function put(board: Board, data: DataTransfer, isCut: boolean): void {
  const notes = gathered(board)
  const forms = formsOf({ origin: location.origin, board: board.id, notes })
  for (const [type, form] of Object.entries(forms)) data.setData(type, form)
  if (isCut) remove(board)
  else board.announcer.now(plural(notes.length, '{n} note copied', '{n} notes copied'))
}

/** Takes what an event brought. */
export function take(board: Board, load: Load): void {
  if (board.canEdit()) return paste(board, load)
  board.toasts.show(say('You can look at this board, but not change it.'), { key: 'paste' })
}

/** Pastes without an event: then the browser may ask whether it may. */
export async function pasteAsked(board: Board, plain = false): Promise<void> {
  try {
    const [item] = await navigator.clipboard.read()
    const read = async (type: string): Promise<string> => (item?.types.includes(type) ? (await item.getType(type)).text() : '')
    take(board, { own: '', html: await read('text/html'), text: await read('text/plain'), files: [], plain })
  } catch {
    board.toasts.show(say('This browser keeps its clipboard to itself. Press {key} instead.', { key: plain ? 'Ctrl+Shift+V' : 'Ctrl+V' }), { key: 'paste' })
  }
}
