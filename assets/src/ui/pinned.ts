// A layer of what stands at places of the board but keeps its size on the screen.
// It is carried with the desk: a pan moves one element, however many stand on it.
// Only another zoom moves them too.

import type { Board } from './board.ts'
import { Carriage } from './carriage.ts'
import type { Point } from './geometry.ts'
import { make } from './page.ts'

export class Pinned {
  readonly layer = make('div', 'pinned')
  private readonly carriage = new Carriage(this.layer)
  private readonly listeners: (() => void)[] = []
  private zoom = 0

  constructor(
    private readonly board: Board,
    host: HTMLElement,
  ) {
    host.append(this.layer)
    board.desk.onMove(() => board.frame.ask('overlay', this.carry))
  }

  /** Where a point of the board is on it, in pixels. */
  at([x, y]: Point): Point {
    const { zoom } = this.board.desk.camera
    return [x * zoom, y * zoom]
  }

  /** Runs in each frame in which the zoom changed: all places are others. */
  onZoom(fn: () => void): void {
    this.listeners.push(fn)
  }

  /**
   * Takes it to where the desk is; to be called when something shows on it, too. With
   * nothing to be seen it stays where it is, or the browser would look at all layers.
   */
  readonly carry = (): void => {
    const { desk } = this.board
    const [was, { zoom }] = [this.zoom, desk.camera]
    this.zoom = zoom
    if (zoom !== was) for (const fn of this.listeners) fn()
    if ([...this.layer.children].some((e) => !(e as HTMLElement).hidden)) this.carriage.to(...desk.toScreen([0, 0]))
  }
}
