// Notes in the hand: they lie on one layer, which alone moves. A layer for each
// would cost more the more there are, and a note's look takes several times as long
// to work out as a bare layer's. The browser draws a layer that moves at its full
// size and shrinks it in each frame; so the layer is stretched by as much as the
// desk is shrunk, and what lies on it is shrunk before it is drawn.

import { make } from './page.ts'

export class Hand {
  private readonly layer = make('div', 'hand')
  private readonly notes = make('div', '')
  private zoom = 1 // of the desk, when they were taken up

  constructor(private readonly plane: HTMLElement) {
    this.notes.style.transformOrigin = '0 0'
    this.layer.append(this.notes)
  }

  holds(element: HTMLElement): boolean {
    return element.parentElement === this.notes
  }

  take(elements: readonly HTMLElement[], zoom: number): void {
    this.zoom = Math.min(zoom, 1)
    this.notes.style.transform = `scale(${this.zoom})`
    this.move(0, 0)
    this.plane.append(this.layer)
    for (const element of elements) carry(element, this.notes)
  }

  /** How far they are from where they were taken up, in board units. */
  move(dx: number, dy: number): void {
    this.layer.style.transform = `translate(${dx}px, ${dy}px) scale(${1 / this.zoom})`
  }

  putDown(): void {
    for (const element of [...this.notes.children]) carry(element as HTMLElement, this.plane)
    this.layer.remove()
  }
}

/** Moves an element without its losing the focus, where the browser can. */
function carry(element: HTMLElement, to: HTMLElement & { moveBefore?(node: Node, child: Node | null): void }): void {
  const focused = element.contains(document.activeElement)
  if (to.moveBefore) to.moveBefore(element, null)
  else to.append(element)
  if (focused && !element.contains(document.activeElement)) element.focus({ preventScroll: true })
}
