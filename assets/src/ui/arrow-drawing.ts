// Drawing an arrow by hand: from a note, or from a frame's edge or name, to
// another, or to the bare desk, where a note is made for it.

import { defaultSize } from '../notes/limits.ts'
import { say } from '../say.ts'
import { arrowBetween, pathOf } from './arrow.ts'
import type { Board } from './board.ts'
import { connectorOp, tied } from './connecting.ts'
import { svg } from './connectors.ts'
import { createOp, lastColor, open } from './create.ts'
import { centre, grow, holdsPoint, type Point, type Rect } from './geometry.ts'
import { make } from './page.ts'
import type { Gesture } from './pointer.ts'
import { send } from './send.ts'
import { Tracing } from './tracing.ts'

const EDGE = 12 // pixels on either side of a frame's edge that are the edge to a hand
const NAME = 32 // pixels above a frame in which its name stands

export function drawArrow(board: Board, e: PointerEvent): Gesture {
  const from = endAt(board, e)
  if (from) return new Drawing(board, from)
  tellHow(board)
  return {}
}

function tellHow({ toasts }: Board): void {
  toasts.show(say('An arrow begins at a note or at the edge of a frame: drag from one to another.'), { key: 'arrow' })
}

class Drawing implements Gesture {
  private readonly rubber: Rubber
  private readonly tracing: Tracing
  private readonly before: ReadonlySet<string> // what was selected

  constructor(
    private readonly board: Board,
    private readonly from: string,
  ) {
    this.before = board.selection.ids
    board.selection.set([from])
    this.rubber = new Rubber(board)
    this.tracing = new Tracing(board, (e) => this.draw(e))
  }

  move(e: PointerEvent): void {
    this.tracing.to(e)
  }

  private draw(e: PointerEvent): void {
    const { desk, selection, stage } = this.board
    const [at, from, to] = [desk.board(e), stage.place(this.from), this.target(e)]
    selection.set(to ? [this.from, to] : [this.from])
    if (from) this.rubber.show(from, (to && stage.place(to)) || { x: at[0], y: at[1], w: 0, h: 0 })
  }

  /** On a note or a frame's edge it ties; on the bare desk it makes a note to tie to; a click keeps the tool. */
  end(e: PointerEvent): void {
    const { board } = this
    const at = endAt(board, e)
    this.cancel()
    if (at === this.from) {
      board.tool.choose('arrow')
      return tellHow(board)
    }
    const to = this.target(e)
    if (to) {
      const known = tied(board, this.from, to)
      if (known) return board.selection.set([known])
      const op = connectorOp(board, this.from, to)
      send(board.client, [op])
      return board.selection.set([op.note])
    }
    if (!at) this.extend(board.desk.board(e))
  }

  cancel(): void {
    this.tracing.stop()
    this.rubber.remove()
    this.board.tool.choose('select')
    this.board.selection.set(this.before)
  }

  /** What is there, but for itself and a frame that one of them lies in. */
  private target(e: PointerEvent): string | undefined {
    const { stage } = this.board
    const id = endAt(this.board, e)
    const [a, b] = [stage.note(this.from), stage.note(id ?? '')]
    if (!a || !b || a === b) return undefined
    const isWithin = (a.kind === 'frame' && holdsPoint(a, centre(b))) || (b.kind === 'frame' && holdsPoint(b, centre(a)))
    return isWithin ? undefined : id
  }

  private extend([x, y]: Point): void {
    const { board } = this
    const from = board.stage.note(this.from)
    if (!from) return
    const [like, color] = from.kind ? [{ w: defaultSize, h: defaultSize }, lastColor()] : [from, from.color]
    const place: Rect = { x: x - like.w / 2, y: y - like.h / 2, w: like.w, h: like.h }
    const note = createOp(board, place, color)
    send(board.client, [note, connectorOp(board, this.from, note.note)])
    open(board, note.note)
  }
}

/** The topmost note there, or the topmost frame that is there with its edge or its name. */
function endAt({ stage, desk }: Board, e: PointerEvent): string | undefined {
  const at = desk.board(e)
  const { zoom } = desk.camera
  const near = [...stage.touching(grow({ x: at[0], y: at[1], w: 0, h: 0 }, NAME / zoom))]
  const notes = near.filter((id) => !stage.note(id)?.kind && holdsPoint(stage.place(id)!, at))
  const frames = near.filter((id) => stage.note(id)?.kind === 'frame' && (isOnEdge(stage.place(id)!, at, EDGE / zoom) || isOnName(stage.element(id), e)))
  return stage.topmost(notes) ?? stage.topmost(frames)
}

function isOnEdge(frame: Rect, at: Point, wide: number): boolean {
  return holdsPoint(grow(frame, wide), at) && !holdsPoint(grow(frame, -wide), at)
}

function isOnName(frame: HTMLElement | undefined, { clientX: x, clientY: y }: PointerEvent): boolean {
  const name = frame?.querySelector('.note-text')?.getBoundingClientRect()
  return name !== undefined && holdsPoint({ x: name.x, y: name.y, w: name.width, h: name.height }, [x, y])
}

/** The line that follows the hand while a connector is drawn. */
class Rubber {
  private readonly host = make('div', 'rubber')
  private readonly path = svg('path', 'connector-line')

  constructor(private readonly board: Board) {
    const picture = svg('svg', 'connectors')
    picture.append(this.path)
    this.host.append(picture)
    board.page.overlay.append(this.host)
  }

  show(from: Rect, to: Rect): void {
    const arrow = arrowBetween(from, to)
    const { desk } = this.board
    this.path.setAttribute('d', arrow ? pathOf({ from: desk.toScreen(arrow.from), to: desk.toScreen(arrow.to) }) : '')
  }

  remove(): void {
    this.host.remove()
  }
}
