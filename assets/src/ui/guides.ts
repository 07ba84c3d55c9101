// The lines that show what a note in the hand has fallen in line with.

import type { Board } from './board.ts'
import type { Camera } from './camera.ts'
import type { Point, Rect } from './geometry.ts'
import { make } from './page.ts'
import { type Guide, guidesAcross, guidesAt, guidesDown, isSame, type Snap, snapBox, snapPull } from './snap.ts'
import type { Pull } from './stretch.ts'

const REACH = 6 // screen pixels within which a note falls in line
const MANY = 300 // neighbours; among more, one would be in line with something at every step

const OUT_OF_SIGHT = 'scale(0)' // a line that is not needed just now: to take it away and add it again would be a layout each

export class Guides {
  private readonly lines: { readonly element: HTMLElement; transform: string }[] = []
  private met: { readonly box: Rect; readonly snap: Snap; readonly others: readonly Rect[] } | null = null
  private was: Rect | undefined // the box a frame ago
  private near: { readonly from: Camera; readonly rects: Rect[] } | undefined // as long as nobody looks elsewhere

  constructor(
    private readonly board: Board,
    private readonly moving: { has(id: string): boolean },
  ) {}

  /** How far the box must still move to fall in line with what is in sight; shows the lines. */
  snap(box: Rect, e: PointerEvent): Point {
    const others = this.neighbours(e)
    const snap = snapBox(box, others, this.reach)
    const [dx, dy] = [snap.dx ?? 0, snap.dy ?? 0]
    this.met = { box: { ...box, x: box.x + dx, y: box.y + dy }, snap, others }
    this.board.frame.ask('overlay', this.tellMet)
    return [dx, dy]
  }

  /** Shows lines that hold for two frames: those that a hand only passes would flash. */
  private readonly tellMet = (): void => {
    if (!this.met) return
    const { box, snap, others } = this.met
    const [staysX, staysY] = [isSame(box.x, this.was?.x ?? NaN), isSame(box.y, this.was?.y ?? NaN)]
    this.was = box
    this.show([
      ...(staysX && snap.dx !== null ? guidesAcross(box, others) : []),
      ...(staysY && snap.dy !== null ? guidesDown(box, others) : []),
    ])
    if (!staysX || !staysY) this.board.frame.ask('overlay', this.tellMet)
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
    this.met = null
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
