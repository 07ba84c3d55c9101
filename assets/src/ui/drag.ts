// Moving notes with the pointer, as many as are selected. They follow the hand
// in every frame, fall in line with their neighbours, and are sent on the way; all
// of it is one undo step. While it lasts, the place under the pointer stays under
// it, also when the desk is zoomed or pans at its edge.

import type { Board } from './board.ts'
import { onBoard, tellEnd, within } from './bounded.ts'
import { push } from './camera.ts'
import { moving } from './carried.ts'
import { duplicate } from './duplicate.ts'
import { bounds, clamp, type Point, type Rect } from './geometry.ts'
import type { Guides } from './guides.ts'
import { later } from './later.ts'
import { pace } from './pace.ts'
import type { Gesture } from './pointer.ts'
import { Rate } from './rate.ts'
import { stream } from './send.ts'

const guiding = later(() => import('./guides.ts'))

const LIVE = 100 // more notes than this are sent at the drop only
const KEPT = 300 // so many keep their elements even out of view
const EDGE = 28 // pixels from the desk's edge in which it pans
const EDGE_SPEED = 14 // pixels a frame at the most

export function dragGesture(board: Board, start: PointerEvent, copy: boolean): Gesture {
  return new Drag(board, start, copy)
}

class Drag implements Gesture {
  private readonly from: Point
  private readonly origins: Map<string, Rect>
  private readonly pinned: string[]
  private readonly rate: Rate
  private guides: Guides | undefined
  private readonly box: Rect | null // around all of them, where they were
  private last: PointerEvent
  private by: Point = [0, 0] // how far they are from where they were
  private wanted = this.by
  private sent: boolean
  private over = false
  private readonly letGo: () => void

  constructor(
    private readonly board: Board,
    start: PointerEvent,
    private readonly copied: boolean,
  ) {
    this.from = board.desk.board(start)
    this.last = start
    if (copied) duplicate(board, 0)
    this.sent = copied // the copies' moves belong to the step that made them
    this.origins = board.stage.places(copied ? board.selection.ids : moving(board)) // copies lie on their originals still
    this.rate = new Rate(() => pace(board, this.origins.size), () => this.send())
    this.box = bounds(this.origins.values())
    void guiding(({ Guides }) => (this.guides = new Guides(board, this.origins)))
    this.pinned = this.origins.size <= KEPT ? [...this.origins.keys()] : []
    for (const id of this.pinned) board.stage.pin(id)
    board.page.desk.toggleAttribute('data-dragging', true)
    board.stage.flush()
    this.board.stage.lift(this.origins.keys(), true)
    board.client.presence.holding(true)
    this.letGo = board.desk.onMove(() => board.frame.ask('motion', this.step))
  }

  move(e: PointerEvent): void {
    this.last = e
    this.board.frame.ask('motion', this.step)
  }

  end(e: PointerEvent): void {
    this.last = e
    this.follow()
    this.rate.cancel()
    this.send()
    tellEnd(this.board, this.wanted, this.by)
    this.finish()
  }

  cancel(): void {
    this.rate.cancel()
    if (this.copied) this.board.client.undo()
    else if (this.sent) this.put((o) => o)
    this.finish()
  }

  private readonly step = (): void => {
    if (this.over) return
    this.panAtEdge()
    this.follow()
    if (this.origins.size <= LIVE) this.rate.ask()
  }

  private follow(): void {
    if (this.box) this.by = within(this.box, (this.wanted = this.inLine(this.box)))
    const [dx, dy] = this.by
    for (const [id, o] of this.origins) {
      if (this.board.stage.note(id)) this.board.stage.hold(id, moved(o, dx, dy))
    }
  }

  /** How far, in board units; Shift keeps to one direction. */
  private distance(): Point {
    const [x, y] = this.board.desk.board(this.last)
    const [dx, dy] = [x - this.from[0], y - this.from[1]]
    if (!this.last.shiftKey) return [dx, dy]
    return Math.abs(dx) > Math.abs(dy) ? [dx, 0] : [0, dy]
  }

  /** The same, a little further or less far, to where they are in line; Shift's direction is kept. */
  private inLine(box: Rect): Point {
    const [dx, dy] = this.distance()
    if (!this.guides) return [dx, dy]
    const snap = this.guides.snap({ ...box, x: box.x + dx, y: box.y + dy }, this.last)
    const { shiftKey } = this.last
    return [shiftKey && dx === 0 ? 0 : dx + snap.dx, shiftKey && dy === 0 ? 0 : dy + snap.dy]
  }

  private send(): void {
    const [dx, dy] = this.by
    this.put((o) => moved(o, dx, dy))
  }

  private put(where: (origin: Rect) => Rect): void {
    const sets = [...this.origins].flatMap(([note, origin]) => {
      const [now, to] = [this.board.stage.note(note), where(origin)]
      return now && (now.x !== to.x || now.y !== to.y) ? [{ note, set: { x: to.x, y: to.y } }] : []
    })
    if (sets.length === 0) return
    stream(this.board.client, sets, this.sent)
    this.sent = true
  }

  private panAtEdge(): void {
    const { desk } = this.board
    const [x, y] = desk.screen(this.last)
    const [dx, dy] = [edgeSpeed(x, desk.size.w), edgeSpeed(y, desk.size.h)]
    if (dx === 0 && dy === 0) return
    desk.look(push(desk.camera, dx, dy))
    this.board.frame.ask('motion', this.step)
  }

  private finish(): void {
    this.over = true
    this.letGo()
    this.guides?.clear()
    this.board.client.putDown()
    this.board.client.presence.holding(false)
    this.board.stage.lift(this.origins.keys(), false)
    this.board.stage.letGo(this.origins.keys())
    for (const id of this.pinned) this.board.stage.unpin(id)
    this.board.page.desk.toggleAttribute('data-dragging', false)
  }
}

function moved(o: Rect, dx: number, dy: number): Rect {
  return { ...o, x: onBoard(o.x + dx), y: onBoard(o.y + dy) }
}

/** How fast the desk moves when the pointer is near an edge: positive shows more on the left. */
export function edgeSpeed(at: number, size: number): number {
  if (at < EDGE) return EDGE_SPEED * clamp((EDGE - at) / EDGE, 0, 1)
  if (at > size - EDGE) return -EDGE_SPEED * clamp((at - size + EDGE) / EDGE, 0, 1)
  return 0
}
