// What a hand draws over the desk: drawn once in a frame, and further when the
// desk pans, as it does while the hand is at its edge.

import type { Board } from './board.ts'
import { EdgePan } from './edge-pan.ts'

export class Tracing {
  private readonly edge: EdgePan
  private readonly letGo: () => void
  private last: PointerEvent | null = null
  private over = false

  constructor(
    private readonly board: Pick<Board, 'desk' | 'frame'>,
    private readonly draw: (e: PointerEvent) => void,
  ) {
    this.edge = new EdgePan(board.desk)
    this.letGo = board.desk.onMove(() => board.frame.ask('overlay', this.redraw))
  }

  /** The hand is there now. */
  to(e: PointerEvent): void {
    this.last = e
    this.board.frame.ask('motion', this.step)
  }

  stop(): void {
    this.letGo()
    this.over = true
  }

  private readonly step = (): void => {
    if (this.over) return
    if (this.edge.step(this.last!)) this.board.frame.ask('motion', this.step) // the desk's move draws it
    else this.redraw()
  }

  private readonly redraw = (): void => {
    if (!this.over && this.last) this.draw(this.last)
  }
}
