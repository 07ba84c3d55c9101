// Making frames: drawn with their tool, or put around what is selected.

import { newId } from '../notes/id.ts'
import { maxFrame, minSize } from '../notes/limits.ts'
import type { CreateOp } from '../notes/op.ts'
import { between } from '../notes/zorder.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { onBoard } from './bounded.ts'
import { open } from './create.ts'
import { bounds, clamp, grow, type Point, type Rect, rectOf } from './geometry.ts'
import { showArea } from './marquee.ts'
import { make } from './page.ts'
import type { Gesture } from './pointer.ts'
import { send } from './send.ts'
import { Tracing } from './tracing.ts'

const PADDING = 40 // board units between a frame and what it is put around
const USUAL = { w: 900, h: 600 } // of a frame that is not drawn

export function framing(board: Board): void {
  const shared = { group: 'arranging', edits: true, also: say('section area') } as const
  board.actions.add(
    { ...shared, id: 'frame', title: say('New frame'), keys: 'F', ways: [say('F, then drag')], run: (_, at) => (at ? makeUsual(board, at) : board.tool.choose('frame')) },
    { ...shared, id: 'frame.selection', title: say('Frame the selection'), keys: 'Ctrl+Alt+G', enabled: () => board.selection.size > 0,
      run: () => frameSelection(board) },
  )
  board.pointer.addFirst((e) => (board.tool.current === 'frame' && e.button === 0 && board.canEdit() ? new Drawn(board, e) : null))
}

function frameSelection(board: Board): void {
  const box = bounds(board.stage.places(board.selection.ids).values())
  if (box) makeFrame(board, grow(box, PADDING))
}

function makeUsual(board: Board, [x, y]: Point): void {
  makeFrame(board, { x: x - USUAL.w / 2, y: y - USUAL.h / 2, ...USUAL })
}

/** Makes a frame and asks for its name. */
function makeFrame(board: Board, r: Rect): void {
  const n = [...board.client.view.live()].filter((note) => note.kind === 'frame').length + 1
  const side = (v: number): number => Math.round(clamp(v, minSize, maxFrame))
  const op: CreateOp = {
    kind: 'note.create', as: 'frame', note: newId(), x: onBoard(r.x), y: onBoard(r.y), w: side(r.w), h: side(r.h),
    color: 'white', z: between(board.stage.highest()?.z ?? null, null), text: say('Frame {n}', { n }),
  }
  send(board.client, [op])
  if (board.stage.note(op.note)) open(board, op.note, 'all')
}

/** A frame that is drawn with the frame tool; a click makes one of the usual size. */
class Drawn implements Gesture {
  private readonly from: Point
  private readonly box = make('div', 'marquee')
  private readonly tracing: Tracing

  constructor(
    private readonly board: Board,
    start: PointerEvent,
  ) {
    const { desk } = board
    this.from = desk.board(start)
    this.tracing = new Tracing(board, (e) => showArea(desk, this.box, rectOf(this.from, desk.board(e))))
    board.page.overlay.append(this.box)
  }

  move(e: PointerEvent): void {
    this.tracing.to(e)
  }

  end(e: PointerEvent): void {
    this.cancel()
    const r = rectOf(this.from, this.board.desk.board(e))
    if (r.w < minSize && r.h < minSize) makeUsual(this.board, this.from)
    else makeFrame(this.board, r)
  }

  cancel(): void {
    this.tracing.stop()
    this.box.remove()
    this.board.tool.choose('select')
  }
}
