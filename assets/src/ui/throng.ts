// So many pointers that as elements they would slow the page: one canvas has
// them all, on a layer of its own. It is drawn anew twenty times a second, ten
// times where they are hundreds; in between, a pan moves it.

import type { Peer } from '../protocol.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import type { Size } from './camera.ts'
import { Carriage } from './carriage.ts'
import { ARROW, SETTLE } from './cursors.ts'
import { clamp, type Point } from './geometry.ts'
import { make } from './page.ts'
import { onTheme } from './theme.ts'

const OFTEN = 50 // ms between two drawings
const RARELY = 100
const EACH = 1 / 3 // ms for each pointer: however many they are, they take a page no more of its time
const NAME_AT = [12, 20] as const // where the name's left and middle are, from the arrow's tip
const WIDEST = 140 // pixels
const HIGHEST = 40

/** A pointer as it is to be shown. */
export interface Shown {
  readonly peer: Peer
  readonly at: Point
}

export class Throng {
  private readonly canvas = make('canvas', 'cursor-throng')
  private readonly carriage = new Carriage(this.canvas)
  private readonly stamps = new Map<string, ImageBitmap>()
  private readonly ratio = window.devicePixelRatio || 1
  private drawnAt = -Infinity
  private rests = OFTEN // ms until the next drawing
  private isAll = false // none was out of sight
  private origin: Point = [0, 0] // where the board's middle was on the screen when it was drawn
  private zoom = 0

  constructor(private readonly board: Board) {
    board.page.cursors.append(this.canvas)
    onTheme(() => {
      this.stamps.clear()
      this.isAll = false
    })
  }

  /** Moves the picture with the desk; tells until when that is enough. */
  follow(newsAt: number): number {
    const { desk } = this.board
    if (desk.camera.zoom !== this.zoom) return 0
    const [x, y] = desk.toScreen([0, 0])
    this.carriage.to(x - this.origin[0], y - this.origin[1])
    return this.isAll && this.drawnAt - newsAt >= SETTLE ? Infinity : this.drawnAt + this.rests
  }

  draw(shown: readonly Shown[], now: number): void {
    const { desk } = this.board
    const [x, y] = desk.toScreen([0, 0])
    this.drawnAt = now
    this.rests = clamp(shown.length * EACH, OFTEN, RARELY)
    this.zoom = desk.camera.zoom
    this.origin = [x, y]
    this.carriage.to(0, 0)
    const ink = this.fresh()
    const { size } = desk // asking the browser three hundred times shows
    this.isAll = true
    for (const { peer, at } of shown) this.isAll = this.stamp(ink, peer, desk.toScreen(at), size) && this.isAll
  }

  clear(): void {
    this.canvas.remove()
  }

  /** An empty canvas as large as the desk. */
  private fresh(): CanvasRenderingContext2D {
    const { w, h } = this.board.desk.size
    const [width, height] = [Math.round(w * this.ratio), Math.round(h * this.ratio)]
    const ink = this.canvas.getContext('2d')!
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width
      this.canvas.height = height
      this.canvas.style.width = `${w}px`
      this.canvas.style.height = `${h}px`
    }
    ink.clearRect(0, 0, width, height)
    return ink
  }

  /** Draws one; tells whether all of it is in sight. */
  private stamp(ink: CanvasRenderingContext2D, peer: Peer, [x, y]: Point, { w, h }: Size): boolean {
    if (x < -WIDEST || y < -HIGHEST || x > w || y > h) return false
    const name = peer.name || say('Guest')
    const key = `${peer.color} ${name}`
    let stamp = this.stamps.get(key)
    if (!stamp) this.stamps.set(key, (stamp = this.cut(name, peer.color)))
    ink.drawImage(stamp, Math.round((x - 2) * this.ratio), Math.round((y - 2) * this.ratio))
    return x >= 0 && y >= 0 && x <= w - WIDEST && y <= h - HIGHEST
  }

  /** Draws one pointer with its name, once for all. */
  private cut(name: string, color: number): ImageBitmap {
    const stamp = new OffscreenCanvas(WIDEST * this.ratio, HIGHEST * this.ratio)
    const ink = stamp.getContext('2d')!
    const [paper, letters] = this.colors(color)
    ink.scale(this.ratio, this.ratio)
    ink.font = `600 12px ${getComputedStyle(document.body).fontFamily}`
    const room = Math.min(ink.measureText(name).width, WIDEST - 32)
    ink.fillStyle = paper
    ink.strokeStyle = letters
    ink.lineWidth = 2
    ink.stroke(new Path2D(ARROW))
    ink.fill(new Path2D(ARROW))
    ink.beginPath()
    ink.roundRect(NAME_AT[0], NAME_AT[1] - 5, room + 16, 20, 10)
    ink.fill()
    ink.fillStyle = letters
    ink.textBaseline = 'middle'
    ink.fillText(name, NAME_AT[0] + 8, NAME_AT[1] + 5.5, room)
    return stamp.transferToImageBitmap()
  }

  /** A person's colour and the ink on it, as the style sheet has them. */
  private colors(person: number): [string, string] {
    const probe = make('span', 'cursor-name')
    probe.dataset['person'] = String(person)
    this.board.page.cursors.append(probe)
    const { backgroundColor, color } = getComputedStyle(probe)
    probe.remove()
    return [backgroundColor, color]
  }
}
