// Undo and redo: keys and buttons. Only my own actions, and the view goes to
// where something happened.

import { say } from '../say.ts'
import type { Change } from '../sync/types.ts'
import type { Board } from './board.ts'
import { refocus } from './focus.ts'
import { bounds, meets } from './geometry.ts'
import { part } from './page.ts'
import { bringIntoView } from './writing.ts'

export function history(board: Board): void {
  const { client } = board
  const undo = part('undo', HTMLButtonElement)
  const redo = part('redo', HTMLButtonElement)
  const show = (): void => {
    // Not by their property: what is set to what it is counts as a change, and the bar that they are on is looked at.
    undo?.toggleAttribute('disabled', !client.canUndo)
    redo?.toggleAttribute('disabled', !client.canRedo)
  }
  const deed = (what: 'undo' | 'redo') => (): void => {
    if (board.pointer.cancel() || !board.canEdit()) return
    let changed: Change | undefined
    const known = new Set(board.stage.ids())
    const heard = client.onChange((change) => (changed = change))
    client[what]()
    heard()
    if (changed) {
      lookThere(board, changed)
      const back = [...changed.notes].find((id) => !known.has(id) && board.stage.note(id))
      if (back || changed.removed.size > 0) refocus(board, back)
    }
    board.announcer.now(what === 'undo' ? say('Undone') : say('Done again'))
    show()
  }
  const shared = { group: 'notes', where: 'anywhere', repeats: true, edits: true } as const
  board.actions.add(
    { ...shared, id: 'undo', title: say('Undo'), keys: 'Ctrl+Z', enabled: () => client.canUndo || board.pointer.busy, run: deed('undo') },
    { ...shared, id: 'redo', title: say('Redo'), keys: 'Ctrl+Shift+Z Ctrl+Y', enabled: () => client.canRedo, run: deed('redo') },
  )
  undo?.addEventListener('click', deed('undo'))
  redo?.addEventListener('click', deed('redo'))
  client.onChange(() => board.frame.ask('overlay', show))
  client.onState(() => board.frame.ask('overlay', show))
}

/** Goes to where it happened, unless some of that is in sight. */
function lookThere(board: Board, { notes }: Change): void {
  const box = bounds(board.stage.places(notes).values())
  if (box && !meets(box, board.desk.visible)) bringIntoView(board, box)
}
