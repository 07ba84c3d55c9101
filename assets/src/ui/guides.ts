// The lines that show what a note in the hand has fallen in line with.

import type { Board } from './board.ts'
import type { Camera } from './camera.ts'
import type { Rect } from './geometry.ts'
import { make } from './page.ts'
import { type Guide, guidesAt, type Snap, snapBox, snapPull } from './snap.ts'
import type { Pull } from './stretch.ts'

const REACH = 6 // screen pixels within which a note falls in line
const MANY = 300 // neighbours; among more, one would be in line with something at every step

const OUT_OF_SIGHT = 'scale(0)' // a line that is not needed just now: to take it away and add it again would be a layout each

export class Guides {
  private readonly lines: { readonly element: HTMLElement; transform: string }[] = []
  private near: { readonly from: Camera; readonly rects: Rect[] } | undefined // as long as nobody looks elsewhere

  constructor(
    private readonly board: Board,
    private readonly moving: { has(id: string): boolean },
  ) {}

  /** How the box falls in line with what is in sight; shows the lines. */
  snap(box: Rect, e: PointerEvent): Snap {
    const snap = snapBox(box, this.neighbours(e), this.reach)
    this.show(snap.guides)
    return snap
  }

  /** How a side of the box falls in line. */
  snapPull(box: Rect, pull: Pull, e: PointerEvent): Pull {
    return snapPull(box, pull, this.neighbours(e), this.reach)
  }

  /** Shows the lines that the box meets. */
  tell(box: Rect, e: PointerEvent): void {
    this.show(guidesAt(box, this.neighbours(e)))
  }

  private get reach(): number {
    return REACH / this.board.desk.camera.zoom
  }

  /** The other notes in sight; none while Ctrl or ⌘ is held, which keeps the hand free. */
  private neighbours(e: PointerEvent): Rect[] {
    if (e.ctrlKey || e.metaKey) return []
    const { stage, desk } = this.board
    if (this.near?.from === desk.camera) return this.near.rects
    const ids = [...stage.touching(desk.visible)].filter((id) => !this.moving.has(id))
    this.near = { from: desk.camera, rects: ids.length > MANY ? [] : [...stage.places(ids).values()] }
    return this.near.rects
  }

  clear(): void {
    for (const { element } of this.lines.splice(0)) element.remove()
  }

  private show(guides: readonly Guide[]): void {
    while (this.lines.length < guides.length) this.lines.push({ element: this.add(), transform: '' })
    this.lines.forEach((line, i) => {
      const transform = guides[i] ? this.along(guides[i]) : OUT_OF_SIGHT
      if (line.transform !== transform) line.element.style.transform = line.transform = transform
    })
  }

  private along({ from, to }: Guide): string {
    const [x, y] = this.board.desk.toScreen(from)
    const [right, bottom] = this.board.desk.toScreen(to)
    const [w, h] = [Math.max(right - x, 1), Math.max(bottom - y, 1)]
    return `translate(${Math.round(x)}px, ${Math.round(y)}px) scale(${w}, ${h})`
  }

  private add(): HTMLElement {
    const line = make('div', 'guide')
    this.board.page.overlay.append(line)
    return line
  }
}
