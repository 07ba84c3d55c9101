// Many notes in the hand: they lie on one layer, which alone moves. A layer for
// each would cost more the more there are.

import { make } from './page.ts'

export class Hand {
  private readonly layer = make('div', 'hand')

  constructor(private readonly plane: HTMLElement) {}

  holds(element: HTMLElement): boolean {
    return element.parentElement === this.layer
  }

  take(elements: readonly HTMLElement[]): void {
    this.move(0, 0)
    this.plane.append(this.layer)
    for (const element of elements) carry(element, this.layer)
  }

  /** How far they are from where they were taken up, in board units. */
  move(dx: number, dy: number): void {
    this.layer.style.transform = `translate(${dx}px, ${dy}px)`
  }

  putDown(): void {
    for (const element of [...this.layer.children]) carry(element as HTMLElement, this.plane)
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
