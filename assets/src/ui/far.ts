// Far out on a crowded board, where few can be read, notes are drawn as plain
// rectangles on one canvas instead of thousands of elements. The picture reaches
// beyond the view, so that panning only moves it and zooming stretches it for a
// while; of what changes on the board only that part is drawn anew.

import { colors } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import type { Board } from './board.ts'
import { Carriage } from './carriage.ts'
import { bounds, grow, holdsRect, meets, type Rect } from './geometry.ts'
import { hide, make } from './page.ts'
import { onTheme } from './theme.ts'

const ACCENT = 'accent'
const MARGIN = 300 // screen pixels around the view that the picture holds too
const MENDED = 200 // more notes that change at once are worth a new picture
const BLUR = 1.5 // how much the picture is stretched
const FRAME = 0.16 // how much of its colour a frame has
const COARSE = 0.5 // pixels for one of the screen's while the zoom rushes by: it is drawn often then
const REST = 150 // ms without a change of zoom, after which it is drawn sharp

export function farView(board: Board): void {
  const far = new FarView(board)
  board.stage.onPaint((changed) => far.mend(changed))
  board.desk.onMove(() => board.frame.ask('overlay', far.draw))
  board.selection.onChange(() => far.stale())
  board.spotlight.onChange(() => far.stale())
  onTheme(() => {
    kept = null
    far.stale()
  })
  far.draw()
}

class FarView {
  private readonly canvas = make('canvas', 'far-view')
  private readonly carriage = new Carriage(this.canvas)
  private readonly drawn = new Map<string, Rect>() // what the picture shows where
  private area: Rect | null = null // the part of the board that the picture shows
  private extent: Rect | null = null // all that there was to show
  private zoom = 0
  private isCoarse = false
  private rest = 0

  constructor(private readonly board: Board) {
    const { style } = this.canvas
    style.position = 'absolute'
    style.pointerEvents = 'none'
    style.transformOrigin = '0 0'
    style.willChange = 'transform'
    style.imageRendering = 'pixelated' // stretched in a third of the time, and plain paper looks the same
    this.canvas.hidden = true
    board.page.camera.before(this.canvas)
  }

  /** All is drawn anew, if it is seen. */
  stale(): void {
    this.area = null
    this.board.frame.ask('overlay', this.draw)
  }

  /** These notes changed: only where they were and are is drawn anew. */
  mend(changed: ReadonlySet<string>): void {
    const { stage, frame } = this.board
    if (this.canvas.hidden || !this.area || changed.size > MENDED) {
      this.area = null
    } else {
      const ink = this.ink()
      for (const id of changed) {
        const hole = bounds([this.drawn.get(id), stage.place(id)].filter((r) => r !== undefined))
        if (ink && hole && meets(hole, this.area)) this.patch(ink, hole)
        this.note(id)
      }
    }
    if (stage.isSparse || !this.canvas.hidden) frame.ask('overlay', this.draw)
  }

  readonly draw = (): void => {
    const { stage, desk } = this.board
    hide(this.canvas, !stage.isSparse)
    if (this.canvas.hidden) return this.clear()
    const { zoom } = desk.camera
    if (!this.fits(zoom)) this.picture()
    if (!this.isSharp) this.sharpenLater()
    const [x, y] = desk.toScreen([this.area!.x, this.area!.y])
    this.carriage.to(x, y, zoom / this.zoom)
  }

  private clear(): void {
    this.area = null
    this.drawn.clear()
  }

  /** Whether the picture shows all that is to be seen, and not too much stretched. */
  private fits(zoom: number): boolean {
    if (!this.area || Math.max(zoom / this.zoom, this.zoom / zoom) > BLUR) return false
    const seen = this.extent && common(this.board.desk.visible, this.extent)
    return !seen || holdsRect(this.area, seen)
  }

  private get isSharp(): boolean {
    return !this.isCoarse && this.zoom === this.board.desk.camera.zoom
  }

  private sharpenLater(): void {
    clearTimeout(this.rest)
    this.rest = window.setTimeout(() => this.isSharp || this.stale(), REST)
  }

  private picture(): void {
    const { desk, stage } = this.board
    this.zoom = desk.camera.zoom
    this.isCoarse = desk.isRushing
    this.area = grow(desk.visible, MARGIN / this.zoom)
    this.extent = stage.extent()
    this.drawn.clear()
    const ink = this.fresh()
    if (!ink) return
    const all = this.extent !== null && holdsRect(this.area, this.extent)
    for (const id of all ? stage.ids() : stage.inOrder(stage.touching(this.area))) if (this.note(id)) this.paper(ink, id)
    ink.globalAlpha = 1
    this.frameSelected(ink)
  }

  /** Remembers where a note is drawn; tells whether it is in the picture. */
  private note(id: string): boolean {
    const place = this.board.stage.place(id)
    const seen = place !== undefined && meets(this.area!, place)
    if (seen) this.drawn.set(id, place)
    else this.drawn.delete(id)
    return seen
  }

  private paper(ink: CanvasRenderingContext2D, id: string): void {
    const { stage, spotlight } = this.board
    const [note, place] = [stage.note(id), stage.place(id)]
    if (!note || !place) return
    ink.globalAlpha = spotlight.strength(id) * (note.kind === 'frame' ? FRAME : 1)
    ink.fillStyle = this.color(note)
    ink.fillRect(place.x, place.y, place.w, place.h)
  }

  private color(note: Note): string {
    return papersNow(this.board.page.plane).get(note.color) ?? '#808080'
  }

  /** Draws one part of the picture anew: what touches it, in the order in which it lies. */
  private patch(ink: CanvasRenderingContext2D, hole: Rect): void {
    const { stage } = this.board
    ink.save()
    ink.beginPath()
    ink.rect(hole.x, hole.y, hole.w, hole.h)
    ink.clip()
    ink.clearRect(hole.x, hole.y, hole.w, hole.h)
    for (const id of stage.inOrder(stage.touching(hole))) this.paper(ink, id)
    ink.globalAlpha = 1
    this.frameSelected(ink)
    ink.restore()
  }

  private ink(): CanvasRenderingContext2D | null {
    return this.canvas.getContext('2d')
  }

  /** An empty canvas of the right size that is drawn on in board units. */
  private fresh(): CanvasRenderingContext2D | null {
    const { w, h } = this.board.desk.size
    const ratio = (window.devicePixelRatio || 1) * (this.isCoarse ? COARSE : 1)
    const [width, height] = [w + 2 * MARGIN, h + 2 * MARGIN]
    this.canvas.width = Math.round(width * ratio)
    this.canvas.height = Math.round(height * ratio)
    this.canvas.style.width = `${width}px`
    this.canvas.style.height = `${height}px`
    const ink = this.ink()
    const scale = this.zoom * ratio
    ink?.setTransform(scale, 0, 0, scale, -this.area!.x * scale, -this.area!.y * scale)
    return ink
  }

  private frameSelected(ink: CanvasRenderingContext2D): void {
    const { selection, stage } = this.board
    if (selection.size === 0) return
    ink.strokeStyle = papersNow(this.board.page.plane).get(ACCENT) ?? 'blue'
    ink.lineWidth = 2 / this.zoom
    for (const id of selection.ids) {
      const r = stage.place(id)
      if (r) ink.strokeRect(r.x, r.y, r.w, r.h)
    }
  }
}

/** What two rectangles have in common, or null. */
function common(a: Rect, b: Rect): Rect | null {
  if (!meets(a, b)) return null
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)]
  return { x, y, w: Math.min(a.x + a.w, b.x + b.w) - x, h: Math.min(a.y + a.h, b.y + b.h) - y }
}

let kept: Map<string, string> | null = null // until the theme changes

/** The colours of paper on the desk: read once for a theme. */
export function papersNow(plane: HTMLElement): ReadonlyMap<string, string> {
  return (kept ??= readPapers(plane))
}

/** The colours of paper as the style sheet has them now, as a canvas names them. */
export function readPapers(plane: HTMLElement): Map<string, string> {
  const probe = make('div', 'note')
  probe.hidden = true
  probe.style.setProperty('forced-color-adjust', 'none') // nothing draws edges around what is painted: its colour is all there is to see
  plane.append(probe)
  const papers = new Map<string, string>()
  for (const color of colors) {
    probe.dataset['color'] = color
    papers.set(color, getComputedStyle(probe).backgroundColor)
  }
  probe.style.color = 'var(--accent)'
  papers.set(ACCENT, getComputedStyle(probe).color)
  probe.remove()
  return papers
}
