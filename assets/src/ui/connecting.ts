// Making connectors: with the arrow tool from note to note, or by its key for
// what is selected, in the order in which it is read.

import { newId } from '../notes/id.ts'
import { reading } from '../notes/frames.ts'
import type { CreateOp } from '../notes/op.ts'
import { between } from '../notes/zorder.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { connectors } from './connected.ts'
import type { Rubber } from './connectors.ts'
import { createOp, open } from './create.ts'
import type { Point, Rect } from './geometry.ts'
import type { Gesture } from './pointer.ts'
import { send } from './send.ts'

export function connecting(board: Board): void {
  board.pointer.addFirst((e) => drawing(board, e))
  board.tool.onChange(() => board.tool.current === 'arrow' && connectors(() => {}))
  board.actions.add(
    { id: 'connect', title: say('Connect'), group: 'arranging', keys: 'A L', edits: true, also: say('arrow connector line'),
      run: () => chain(board) },
    { id: 'connect.draw', title: say('Draw an arrow'), group: 'arranging', edits: true, ways: [say('A, then drag from note to note')] },
  )
}

/** What is selected, one tied to the next; with less than two notes the tool is taken. */
function chain(board: Board): void {
  const notes = reading([...board.selection.ids].flatMap((id) => board.stage.note(id) ?? []))
  if (notes.length < 2) return board.tool.choose('arrow')
  const ops = notes.slice(1).map((to, i) => connectorOp(board, notes[i]!.id, to.id))
  send(board.client, ops)
  board.announcer.now(say('Connected'))
}

function connectorOp(board: Board, from: string, to: string): CreateOp {
  const z = between(board.stage.highest()?.z ?? null, null)
  return { kind: 'note.create', as: 'connector', note: newId(), x: 0, y: 0, w: 0, h: 0, color: 'graphite', z, text: '', from, to }
}

function drawing(board: Board, e: PointerEvent): Gesture | null {
  if (board.tool.current !== 'arrow' || e.button !== 0 || !board.canEdit()) return null
  const from = noteAt(board, board.desk.board(e))
  if (!from) {
    board.toasts.show(say('An arrow begins at a note: drag from one to another.'), { key: 'arrow' })
    return {}
  }
  return new Drawing(board, from)
}

class Drawing implements Gesture {
  private rubber: Rubber | null = null
  private over = false

  constructor(
    private readonly board: Board,
    private readonly from: string,
  ) {
    board.selection.set([from])
    connectors((m) => !this.over && (this.rubber = new m.Rubber(board)))
  }

  move(e: PointerEvent): void {
    const [at, from] = [this.board.desk.board(e), this.board.stage.place(this.from)]
    const to = this.target(at)
    if (to) this.board.selection.set([this.from, to])
    else this.board.selection.set([this.from])
    if (from) this.rubber?.show(from, (to && this.board.stage.place(to)) || { x: at[0], y: at[1], w: 0, h: 0 })
  }

  /** On a note it ties; on the bare desk it makes a note to tie to. */
  end(e: PointerEvent): void {
    const { board } = this
    this.cancel()
    const at = board.desk.board(e)
    const to = this.target(at)
    if (to) {
      const op = connectorOp(board, this.from, to)
      send(board.client, [op])
      return board.selection.set([op.note])
    }
    if (!noteAt(board, at)) this.extend(at)
  }

  cancel(): void {
    this.over = true
    this.rubber?.remove()
    this.board.tool.choose('select')
  }

  private target(at: Point): string | undefined {
    const id = noteAt(this.board, at)
    return id === this.from ? undefined : id
  }

  private extend([x, y]: Point): void {
    const { board } = this
    const from = board.stage.note(this.from)
    if (!from) return
    const place: Rect = { x: x - from.w / 2, y: y - from.h / 2, w: from.w, h: from.h }
    const note = createOp(board, place, from.color)
    send(board.client, [note, connectorOp(board, this.from, note.note)])
    open(board, note.note)
  }
}

/** The topmost note there; frames are ground, not ends. */
function noteAt(board: Board, [x, y]: Point): string | undefined {
  const there = [...board.stage.touching({ x, y, w: 0, h: 0 })].filter((id) => board.stage.note(id)?.kind === undefined)
  return board.stage.topmost(there)
}
