// Locked notes: nothing changes them but unlocking them. The board refuses it in
// any case (notes/apply.ts); here a gesture leaves them out from the start, and
// says why.

import { plural, say } from '../say.ts'
import type { Board } from './board.ts'
import { sendSets } from './send.ts'

/** Those of the notes that can be changed. Tells of the others, with a way to unlock them. */
export function unlocked(board: Board, ids: Iterable<string>): string[] {
  const [free, locked]: [string[], string[]] = [[], []]
  for (const id of ids) (isLocked(board, id) ? locked : free).push(id)
  if (locked.length > 0) {
    board.toasts.show(plural(locked.length, 'This note is locked.', '{n} notes are locked.'), {
      key: 'locked', action: { label: say('Unlock'), run: () => setLocked(board, locked, false) },
    })
  }
  return free
}

export function isLocked(board: Board, id: string): boolean {
  return board.stage.note(id)?.locked === true
}

/** Locks or unlocks the notes that are not so already. */
export function setLocked(board: Board, ids: readonly string[], locked: boolean): void {
  const notes = ids.filter((id) => board.stage.note(id) && isLocked(board, id) !== locked)
  sendSets(board.client, notes.map((note) => ({ note, set: { locked } })))
  board.toasts.close('locked')
  board.announcer.now(locked
    ? plural(notes.length, '{n} note locked', '{n} notes locked')
    : plural(notes.length, '{n} note unlocked', '{n} notes unlocked'))
}
