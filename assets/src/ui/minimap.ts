// A small picture of the whole board with a frame around what is in sight, and
// a dot for each other person. To be dragged with a pointer; what it does, keys
// do elsewhere, so it is hidden from who does not see it.

import style from '../../css/minimap.css'
import type { Peer } from '../protocol.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { lookAt } from './camera.ts'
import { Carriage } from './carriage.ts'
import { papersNow } from './far.ts'
import { bounds, centre, clamp, holdsRect, type Point, type Rect } from './geometry.ts'
import { wear } from './later.ts'
import { make } from './page.ts'
import { onTheme } from './theme.ts'

wear(style)

const WIDTH = 184 // pixels
const HEIGHT = 124
const PAD = 8
const SOON = 400 // ms in which changes are drawn together
const LARGE = 2000 // notes, from which on it is drawn less often
const RARELY = 5000 // ms
const LOOSE = 1.5 // times larger than what there is to be seen on it
const MOST = 40 // dots; more would cover the board
const KEPT = 'corkboard minimap'
const NARROW = '(max-width: 640px)' // no room for it

export function minimapping(board: Board): void {
  const map = new Minimap(board)
  let wanted = recall()
  const show = (): void => map.show(wanted && !matchMedia(NARROW).matches)
  board.actions.add({
    id: 'minimap', group: 'looking', keys: 'M', also: say('overview'),
    get title() { return wanted ? say('Hide the minimap') : say('Show the minimap') },
    enabled: () => !matchMedia(NARROW).matches,
    run() {
      keep((wanted = !wanted))
      show()
    },
  })
  matchMedia(NARROW).addEventListener('change', show)
  show()
}

class Minimap {
  private readonly host = make('div', '')
  private readonly canvas = make('canvas', '')
  private readonly frame = make('div', 'minimap-frame')
  private readonly carriage = new Carriage(this.frame)
  private readonly peers = make('div', '')
  private area: Rect = { x: 0, y: 0, w: 1, h: 1 }
  private notes = this.area
  private scale = 1
  private timer = 0
  private dragged = false

  constructor(private readonly board: Board) {
    this.host.id = 'minimap'
    this.host.setAttribute('aria-hidden', 'true')
    this.host.append(this.canvas, this.frame, this.peers)
    document.getElementById('zoom')?.before(this.host)
    board.client.onChange(() => this.soon())
    board.desk.onMove(() => board.frame.ask('overlay', this.place))
    board.client.roster.onChange(() => board.frame.ask('overlay', this.dots))
    onTheme(() => this.soon())
    this.listen()
  }

  show(on: boolean): void {
    this.host.hidden = !on
    if (on) this.draw()
  }

  private soon(ms = this.isLarge ? RARELY : SOON): void {
    this.timer ||= window.setTimeout(() => {
      this.timer = 0
      if (this.isLarge && this.board.desk.isMoving) this.soon(SOON)
      else this.draw()
    }, ms)
  }

  /** Drawing it takes as long as a frame: that waits until the desk rests. */
  private get isLarge(): boolean {
    return this.board.stage.size > LARGE
  }

  /** All notes, and the view when it lies beside them. */
  private draw(): void {
    if (this.host.hidden || this.dragged) return
    const { stage, desk } = this.board
    this.host.toggleAttribute('data-empty', stage.size === 0)
    this.notes = stage.extent() ?? desk.visible
    this.area = bounds([this.notes, desk.visible]) ?? this.area
    this.scale = Math.min((WIDTH - 2 * PAD) / this.area.w, (HEIGHT - 2 * PAD) / this.area.h)
    const ink = this.fresh()
    if (!ink) return
    const papers = papersNow(this.board.page.plane)
    ink.strokeStyle = getComputedStyle(this.host).color // of frames: a white one would not be seen
    const least = 1.5 // pixels; a smaller note would not be seen
    for (const id of stage.ids()) {
      const note = stage.note(id)
      if (!note) continue
      const [x, y] = this.onMap([note.x, note.y])
      const [w, h] = [Math.max(note.w * this.scale, least), Math.max(note.h * this.scale, least)]
      ink.fillStyle = papers.get(note.color) ?? 'gray'
      if (note.kind) ink.strokeRect(x, y, w, h)
      else ink.fillRect(x, y, w, h)
    }
    this.place()
    this.dots()
  }

  private fresh(): CanvasRenderingContext2D | null {
    const ratio = window.devicePixelRatio || 1
    this.canvas.width = WIDTH * ratio
    this.canvas.height = HEIGHT * ratio
    const ink = this.canvas.getContext('2d')
    ink?.scale(ratio, ratio)
    return ink
  }

  private onMap([x, y]: Point): Point {
    const [cx, cy] = centre(this.area)
    return [WIDTH / 2 + (x - cx) * this.scale, HEIGHT / 2 + (y - cy) * this.scale]
  }

  private readonly place = (): void => {
    if (this.host.hidden) return
    const { visible } = this.board.desk
    if (!this.suits(visible)) this.soon()
    const [x, y] = this.onMap([visible.x, visible.y])
    const { style } = this.frame
    this.carriage.to(x, y)
    style.width = `${Math.max(visible.w * this.scale, 4)}px`
    style.height = `${Math.max(visible.h * this.scale, 4)}px`
  }

  /** Whether the view is on the map, and the map not much larger than it need be since the view came back from afar. */
  private suits(visible: Rect): boolean {
    const { area } = this
    const wanted = bounds([this.notes, visible]) ?? area
    return holdsRect(area, visible) && area.w <= LOOSE * wanted.w && area.h <= LOOSE * wanted.h
  }

  private readonly dots = (): void => {
    if (this.host.hidden) return
    const others = this.others()
    const dots = this.peers.children as HTMLCollectionOf<HTMLElement>
    while (dots.length > others.length) this.peers.lastChild!.remove()
    while (dots.length < others.length) this.peers.append(make('div', 'minimap-peer'))
    others.forEach(({ color, cursor }, i) => {
      const [x, y] = this.onMap(cursor!)
      const dot = dots[i]!
      dot.dataset['person'] = String(color)
      dot.style.transform = `translate(${x}px, ${y}px)`
    })
  }

  /** Who has a dot. */
  private others(): Peer[] {
    const { client: { roster }, quiet } = this.board
    const all = quiet.hidesPointers ? [] : [...roster.peers.values()].filter((p) => p.id !== roster.me && p.cursor)
    return all.length > MOST ? [] : all
  }

  private listen(): void {
    const { host } = this
    const go = (e: PointerEvent): void => this.go(e)
    host.addEventListener('pointerdown', (e) => {
      if (e.button !== 0) return
      host.setPointerCapture(e.pointerId)
      this.dragged = true
      host.addEventListener('pointermove', go)
      go(e)
    })
    host.addEventListener('lostpointercapture', () => {
      host.removeEventListener('pointermove', go)
      this.dragged = false
      this.draw()
    })
  }

  /** The middle of the view goes to where the pointer is, and not off the map with one that has left it. */
  private go(e: PointerEvent): void {
    const { area, board: { desk } } = this
    const { left, top } = this.canvas.getBoundingClientRect()
    const [cx, cy] = centre(area)
    const at: Point = [
      clamp(cx + (e.clientX - left - WIDTH / 2) / this.scale, area.x, area.x + area.w),
      clamp(cy + (e.clientY - top - HEIGHT / 2) / this.scale, area.y, area.y + area.h),
    ]
    desk.look(lookAt(at, desk.middle(), desk.camera.zoom))
  }
}

function recall(): boolean {
  try {
    return localStorage.getItem(KEPT) === null
  } catch {
    return true
  }
}

function keep(on: boolean): void {
  try {
    if (on) localStorage.removeItem(KEPT)
    else localStorage.setItem(KEPT, 'hidden')
  } catch {
    // Storage is off: it holds until the page is left.
  }
}
