// Moving notes with the pointer, as many as are selected. They follow the hand
// in every frame, fall in line with their neighbours, and are sent on the way; all
// of it is one undo step. While it lasts, the place under the pointer stays under
// it, also when the desk is zoomed or pans at its edge.

import type { Board } from './board.ts'
import { onBoard, tellEnd, within } from './bounded.ts'
import { moving } from './carried.ts'
import { duplicate } from './duplicate.ts'
import { EdgePan } from './edge-pan.ts'
import { focusQuietly } from './focus.ts'
import { bounds, type Point, type Rect } from './geometry.ts'
import type { Guides } from './guides.ts'
import { later } from './later.ts'
import { pace } from './pace.ts'
import type { Gesture } from './pointer.ts'
import { Rate } from './rate.ts'
import { stream } from './send.ts'

const guiding = later(() => import('./guides.ts'))

const LIVE = 100 // more notes than this are sent at the drop only
const KEPT = 300 // so many keep their elements even out of view

/** Alt, held or let go on the way, makes it copies or the notes themselves. */
export function dragGesture(board: Board, start: PointerEvent, copies: boolean): Gesture {
  const from = board.desk.board(start)
  let drag = new Drag(board, start, from, copies)
  return {
    move(e) {
      if (e.altKey !== copies) {
        drag.cancel()
        drag = new Drag(board, e, from, (copies = e.altKey))
      }
      drag.move(e)
    },
    end: (e) => drag.end(e),
    cancel: () => drag.cancel(),
  }
}

class Drag implements Gesture {
  private readonly selected: ReadonlySet<string> // what was taken, or copied
  private readonly edge: EdgePan
  private readonly origins: Map<string, Rect>
  private readonly pinned: string[]
  private readonly rate: Rate
  private guides: Guides | undefined
  private readonly box: Rect | null // around all of them, where they were
  private by: Point = [0, 0] // how far they are from where they were
  private wanted = this.by
  private sent: boolean
  private over = false
  private readonly letGo: () => void

  constructor(
    private readonly board: Board,
    private last: PointerEvent,
    private readonly from: Point, // on the board
    private readonly copied: boolean,
  ) {
    this.selected = board.selection.ids
    if (copied) {
      duplicate(board, 0)
      focusQuietly(board.page.desk)
    }
    this.sent = copied // the copies' moves belong to the step that made them
    this.origins = board.stage.places(copied ? board.selection.ids : moving(board)) // copies lie on their originals still
    this.rate = new Rate(() => pace(board, this.origins.size), () => this.send())
    this.box = bounds(this.origins.values())
    this.edge = new EdgePan(board.desk)
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
    const { client, selection } = this.board
    this.rate.cancel()
    if (this.copied && this.origins.size > 0) client.undo() // on a full board there are no copies
    else if (this.sent) this.put((o) => o)
    this.finish()
    if (this.copied) selection.set(this.selected)
  }

  private readonly step = (): void => {
    if (this.over) return
    if (this.edge.step(this.last)) this.board.frame.ask('motion', this.step)
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
    const [right, down] = this.guides.snap({ ...box, x: box.x + dx, y: box.y + dy }, this.last)
    const { shiftKey } = this.last
    return [shiftKey && dx === 0 ? 0 : dx + right, shiftKey && dy === 0 ? 0 : dy + down]
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
