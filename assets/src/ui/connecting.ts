// Making connectors: with the arrow tool (arrow-drawing.ts), or by its key for
// what is selected, in the order in which it is read. Their ends are notes and
// frames.

import { newId } from '../notes/id.ts'
import { reading } from '../notes/frames.ts'
import type { Note } from '../notes/note.ts'
import type { CreateOp } from '../notes/op.ts'
import { between } from '../notes/zorder.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { open } from './create.ts'
import { centre, holdsPoint } from './geometry.ts'
import { later } from './later.ts'
import type { Gesture } from './pointer.ts'
import { send, sendSets } from './send.ts'

const hand = later(() => import('./arrow-drawing.ts'))

export function connecting(board: Board): void {
  board.pointer.addFirst((e) => drawing(board, e))
  board.tool.onChange(() => board.tool.current === 'arrow' && hand(() => {}))
  const arrow = (): Note | undefined => {
    const note = board.client.view.note(board.selection.only ?? '')
    return note?.kind === 'connector' ? note : undefined
  }
  const one = { group: 'arranging', edits: true, enabled: () => !!arrow() } as const
  board.actions.add(
    { ...one, id: 'arrow.label', title: say('Label'), run: () => open(board, arrow()!.id) },
    { ...one, id: 'arrow.turn', title: say('Turn round'), run: () => turn(board, arrow()!) },
    { id: 'connect', title: say('Connect'), group: 'arranging', keys: 'A L', edits: true, also: say('arrow connector line'),
      run: () => chain(board) },
    { id: 'connect.draw', title: say('Draw an arrow'), group: 'arranging', edits: true, ways: [say('A, then drag from note to note')] },
  )
}

/** What is selected, one tied to the next; with nothing left to tie the tool is taken. */
function chain(board: Board): void {
  const notes = ends(reading([...board.selection.ids].flatMap((id) => board.stage.note(id) ?? [])))
  const pairs = notes.slice(1).map((to, i) => [notes[i]!.id, to.id] as const).filter(([from, to]) => !tied(board, from, to))
  if (pairs.length === 0) return board.tool.choose('arrow')
  send(board.client, pairs.map(([from, to]) => connectorOp(board, from, to)))
  board.announcer.now(say('Connected'))
}

function turn({ client }: Board, { id, from, to }: Note): void {
  sendSets(client, [{ note: id, set: { from: to!, to: from! } }])
}

/** The connector that runs from one to the other already. */
export function tied({ client }: Board, from: string, to: string): string | undefined {
  return client.view.live().find((n) => n.kind === 'connector' && n.from === from && n.to === to)?.id
}

/** Between a frame and what lies in it there is no arrow: such frames are left out. */
function ends(notes: readonly Note[]): Note[] {
  return notes.filter((n) => n.kind !== 'frame' || !notes.some((o) => o !== n && holdsPoint(n, centre(o))))
}

export function connectorOp(board: Board, from: string, to: string): CreateOp {
  const z = between(board.stage.highest()?.z ?? null, null)
  return { kind: 'note.create', as: 'connector', note: newId(), x: 0, y: 0, w: 0, h: 0, color: 'graphite', z, text: '', from, to }
}

/** What the tool does may still be on its way: a press waits for it. */
function drawing(board: Board, e: PointerEvent): Gesture | null {
  if (board.tool.current !== 'arrow' || e.button !== 0 || !board.canEdit()) return null
  let inner: Gesture | null = null
  let over = false
  hand((m) => !over && (inner = m.drawArrow(board, e)))
  return {
    move: (e) => inner?.move?.(e),
    end: (e) => {
      over = true
      inner?.end?.(e)
    },
    cancel: () => {
      over = true
      inner?.cancel?.()
    },
  }
}
