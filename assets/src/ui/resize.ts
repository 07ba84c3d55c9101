// Changing the size of the selected notes by the handles of their frame. Shift
// keeps the proportions, which pictures keep without it; Alt keeps the middle.

import type { Board } from './board.ts'
import { EdgePan } from './edge-pan.ts'
import type { Edge } from './edges.ts'
import { bounds, type Rect } from './geometry.ts'
import { Guides } from './guides.ts'
import { unlocked } from './lock.ts'
import { pace } from './pace.ts'
import type { Gesture } from './pointer.ts'
import { keepProportions } from './proportions.ts'
import { Rate } from './rate.ts'
import { stream } from './send.ts'
import { changes, longest, stretch } from './stretch.ts'

export function resizing(board: Board): void {
  board.pointer.addFirst((e) => {
    const handle = e.target instanceof Element ? e.target.closest<HTMLElement>('.handle') : null
    if (!handle || e.button !== 0 || !board.canEdit()) return null
    return new Resize(board, e, handle.dataset['dir'] as Edge)
  })
}

class Resize implements Gesture {
  private readonly origins: Map<string, Rect>
  private readonly box: Rect
  private readonly from: readonly [number, number]
  private readonly rate = new Rate(() => pace(this.board, this.origins.size), () => this.send())
  private readonly guides: Guides
  private readonly pan: EdgePan
  private last: PointerEvent
  private sent = false
  private over = false
  private readonly letGo: () => void
  private readonly isEven: boolean

  constructor(
    private readonly board: Board,
    start: PointerEvent,
    private readonly edge: Edge,
  ) {
    this.from = board.desk.board(start)
    this.last = start
    this.origins = board.stage.places(unlocked(board, board.selection.ids))
    this.box = bounds(this.origins.values()) ?? { x: 0, y: 0, w: 1, h: 1 }
    this.isEven = keepProportions(board, this.origins.keys())
    this.guides = new Guides(board, this.origins)
    this.pan = new EdgePan(board.desk)
    for (const id of this.origins.keys()) board.stage.pin(id)
    board.page.desk.dataset['resizing'] = edge
    this.letGo = board.desk.onMove(() => board.frame.ask('motion', this.step))
  }

  move(e: PointerEvent): void {
    this.last = e
    this.board.frame.ask('motion', this.step)
  }

  end(e: PointerEvent): void {
    this.last = e
    this.rate.cancel()
    this.send()
    this.finish()
  }

  cancel(): void {
    this.rate.cancel()
    if (this.sent) this.put(this.origins)
    this.finish()
  }

  private readonly step = (): void => {
    if (this.over) return
    if (this.pan.step(this.last)) this.board.frame.ask('motion', this.step)
    const places = this.places()
    for (const [id, rect] of places) if (this.board.stage.note(id)) this.board.stage.hold(id, rect)
    this.guides.tell(bounds(places.values())!, this.last)
    this.rate.ask()
  }

  private places(): Map<string, Rect> {
    const [x, y] = this.board.desk.board(this.last)
    const { shiftKey, altKey: centred } = this.last
    const even = shiftKey !== this.isEven
    const pull = { edge: this.edge, dx: x - this.from[0], dy: y - this.from[1], even, centred, most: (id: string) => longest(this.board.stage.note(id)) }
    return stretch(this.box, this.origins, this.guides.snapPull(this.box, pull, this.last))
  }

  private send(): void {
    this.put(this.places())
  }

  private put(places: ReadonlyMap<string, Rect>): void {
    const sets = changes((id) => this.board.stage.note(id), places)
    if (sets.length === 0) return
    stream(this.board.client, sets, this.sent)
    this.sent = true
  }

  private finish(): void {
    this.over = true
    this.letGo()
    this.board.client.putDown()
    this.guides.clear()
    this.board.stage.letGo(this.origins.keys())
    for (const id of this.origins.keys()) this.board.stage.unpin(id)
    delete this.board.page.desk.dataset['resizing']
  }
}
