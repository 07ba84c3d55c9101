// Undo and redo: keys and buttons. Only my own actions, and the view goes to
// where something happened.

import type { Board } from './board.ts'
import { part } from './page.ts'

export function history(board: Board): void {
  const { client } = board
  const undo = part('undo', HTMLButtonElement)
  const redo = part('redo', HTMLButtonElement)
  const show = (): void => {
    if (undo) undo.disabled = !client.canUndo
    if (redo) redo.disabled = !client.canRedo
  }
  const deed = (what: 'undo' | 'redo') => (): void => {
    if (board.pointer.cancel() || !board.canEdit()) return
    client[what]()
    show()
  }
  board.keys.on('undo', deed('undo'))
  board.keys.on('redo', deed('redo'))
  undo?.addEventListener('click', deed('undo'))
  redo?.addEventListener('click', deed('redo'))
  client.onChange(() => board.frame.ask('overlay', show))
  client.onState(() => board.frame.ask('overlay', show))
}
