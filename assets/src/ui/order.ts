// Which note lies on top: the selected ones to the front or to the back, keeping
// their order among themselves.

import { below, type Note } from '../notes/note.ts'
import { keysBetween } from '../notes/zorder.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { meets } from './geometry.ts'
import { unlocked } from './lock.ts'
import { sendSets } from './send.ts'

export function toFront(board: Board): void {
  reorder(board, (mine) => keysBetween(mine.length, board.stage.highest()?.z ?? null, null))
}

export function toBack(board: Board): void {
  reorder(board, (mine) => keysBetween(mine.length, null, board.stage.lowest()?.z ?? null))
}

/** Over the next note that lies on one of them. */
export function forward(board: Board): void {
  reorder(board, (mine) => {
    const others = allBut(mine, board)
    const over = others.find((o) => below(o, mine.at(-1)!) > 0 && mine.some((m) => meets(m, o)))
    return over ? keysBetween(mine.length, over.z, others.find((o) => o.z > over.z)?.z ?? null) : []
  })
}

/** Under the next note that one of them lies on. */
export function backward(board: Board): void {
  reorder(board, (mine) => {
    const others = allBut(mine, board)
    const under = others.findLast((o) => below(o, mine[0]!) < 0 && mine.some((m) => meets(m, o)))
    return under ? keysBetween(mine.length, others.findLast((o) => o.z < under.z)?.z ?? null, under.z) : []
  })
}

/** All other notes from the lowest to the highest. */
function allBut(mine: readonly Note[], { stage }: Board): Note[] {
  const ids = new Set(mine.map((n) => n.id))
  return stage.ids().flatMap((id) => (ids.has(id) ? [] : (stage.note(id) ?? [])))
}

/** Gives the selected notes, from the lowest to the highest, the keys that they are to have. */
function reorder(board: Board, order: (mine: readonly Note[]) => readonly string[]): void {
  if (!board.canEdit()) return
  const mine = unlocked(board, board.selection.ids).flatMap((id) => board.stage.note(id) ?? []).sort(below)
  if (mine.length === 0) return
  sendSets(board.client, order(mine).map((z, i) => ({ note: mine[i]!.id, set: { z } })))
}

export function ordering(board: Board): void {
  const shared = { group: 'arranging', edits: true, enabled: () => board.selection.size > 0 } as const
  board.actions.add(
    { ...shared, id: 'order.front', title: say('Bring to front'), keys: '] Ctrl+]', run: () => toFront(board) },
    { ...shared, id: 'order.forward', title: say('Bring forward'), keys: 'Alt+]', run: () => forward(board) },
    { ...shared, id: 'order.backward', title: say('Send backward'), keys: 'Alt+[', run: () => backward(board) },
    { ...shared, id: 'order.back', title: say('Send to back'), keys: '[ Ctrl+[', run: () => toBack(board) },
  )
}
