// Notes in the hand: they lie on one layer, which alone moves. A layer for each
// would cost more the more there are, and a note's look takes several times as long
// to work out as a bare layer's. It lies on the desk beside the plane, and moves by
// whole pixels of the screen: by any other step, or within what is scaled, the
// browser would draw all that is on it anew.

import { Carriage } from './carriage.ts'
import type { Desk } from './desk.ts'
import type { Rect } from './geometry.ts'
import { make } from './page.ts'
import type { Piles } from './piles.ts'

const SHADOW = 90 // board units around a note in the hand that its shadow reaches at the most

export class Hand {
  private readonly layer = make('div', 'hand')
  private readonly carriage = new Carriage(this.layer)
  private readonly ground = make('div', 'ground')
  private readonly notes = make('div', 'hand-notes')
  private box: Rect = { x: 0, y: 0, w: 0, h: 0 } // around them, where they were taken up
  private by: [number, number] = [0, 0]

  constructor(
    private readonly plane: HTMLElement,
    private readonly desk: Desk,
    private readonly piles: Piles,
  ) {
    this.layer.append(this.ground, this.notes)
    desk.onDraw(() => this.layer.isConnected && this.lay())
  }

  holds(element: HTMLElement): boolean {
    return element.parentElement === this.notes
  }

  take(elements: readonly HTMLElement[], box: Rect): void {
    this.box = box
    this.by = [0, 0]
    this.lay()
    this.plane.after(this.layer)
    for (const element of elements) carry(element, this.notes)
  }

  /** How far they are from where they were taken up, in board units. */
  move(dx: number, dy: number): void {
    this.by = [dx, dy]
    const { zoom } = this.desk.drawn
    this.carriage.to(dx * zoom, dy * zoom)
  }

  putDown(): void {
    for (const element of [...this.notes.children]) carry(element as HTMLElement, this.piles.free())
    this.layer.remove()
  }

  /** They are drawn as the plane is. */
  private lay(): void {
    const { x, y, zoom } = this.desk.drawn
    const { style } = this.ground
    style.left = `${x + (this.box.x - SHADOW) * zoom}px`
    style.top = `${y + (this.box.y - SHADOW) * zoom}px`
    style.width = `${(this.box.w + 2 * SHADOW) * zoom}px`
    style.height = `${(this.box.h + 2 * SHADOW) * zoom}px`
    this.notes.style.cssText = this.plane.style.cssText
    this.move(...this.by)
  }
}

/** Moves an element without its losing the focus, where the browser can. */
function carry(element: HTMLElement, to: HTMLElement & { moveBefore?(node: Node, child: Node | null): void }): void {
  const focused = element.contains(document.activeElement)
  if (to.moveBefore) to.moveBefore(element, null)
  else to.append(element)
  if (focused && !element.contains(document.activeElement)) element.focus({ preventScroll: true })
}
