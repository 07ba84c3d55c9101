// Far out on a crowded board, where nobody can read, notes are drawn as plain
// rectangles on one canvas instead of thousands of elements. The picture reaches
// beyond the view, so that panning only moves it.

import { colors } from '../notes/limits.ts'
import type { Board } from './board.ts'
import { grow, holdsRect, meets, type Rect } from './geometry.ts'
import { make } from './page.ts'
import { onTheme } from './theme.ts'

const ACCENT = 'accent'
const MARGIN = 300 // screen pixels around the view that the picture holds too

export function farView(board: Board): void {
  const far = new FarView(board)
  board.stage.onPaint(() => far.stale())
  board.desk.onMove(() => board.frame.ask('overlay', far.draw))
  board.selection.onChange(() => far.stale())
  board.spotlight.onChange(() => far.stale())
  onTheme(() => far.repaint())
  far.draw()
}

class FarView {
  private readonly canvas = make('canvas', 'far-view')
  private area: Rect | null = null // the part of the board that the picture shows
  private zoom = 0
  private papers: Map<string, string> | null = null

  constructor(private readonly board: Board) {
    const { style } = this.canvas
    style.position = 'absolute'
    style.pointerEvents = 'none'
    style.transformOrigin = '0 0'
    this.canvas.hidden = true
    board.page.desk.prepend(this.canvas)
  }

  /** Notes changed: the picture is drawn anew, if it is seen. */
  stale(): void {
    this.area = null
    this.board.frame.ask('overlay', this.draw)
  }

  /** The colours changed. */
  repaint(): void {
    this.papers = null
    this.stale()
  }

  readonly draw = (): void => {
    const { stage, desk } = this.board
    this.canvas.hidden = !stage.isSparse
    if (this.canvas.hidden) return void (this.area = null)
    const fits = this.area && this.zoom === desk.camera.zoom && holdsRect(this.area, desk.visible)
    if (!fits) this.picture()
    const [x, y] = desk.toScreen([this.area!.x, this.area!.y])
    this.canvas.style.transform = `translate(${x}px, ${y}px)`
  }

  private picture(): void {
    const { desk, stage, spotlight } = this.board
    this.zoom = desk.camera.zoom
    const area = (this.area = grow(desk.visible, MARGIN / this.zoom))
    const ink = this.fresh()
    if (!ink) return
    const papers = (this.papers ??= readPapers(this.board.page.plane))
    for (const id of stage.ids()) {
      const r = stage.place(id)
      if (!r || !meets(area, r) || stage.element(id)) continue
      ink.globalAlpha = spotlight.strength(id)
      ink.fillStyle = papers.get(stage.note(id)!.color) ?? 'gray'
      ink.fillRect(r.x, r.y, r.w, r.h)
    }
    ink.globalAlpha = 1
    this.frameSelected(ink)
  }

  /** An empty canvas of the right size that is drawn on in board units. */
  private fresh(): CanvasRenderingContext2D | null {
    const { w, h } = this.board.desk.size
    const ratio = window.devicePixelRatio || 1
    const [width, height] = [w + 2 * MARGIN, h + 2 * MARGIN]
    this.canvas.width = Math.round(width * ratio)
    this.canvas.height = Math.round(height * ratio)
    this.canvas.style.width = `${width}px`
    this.canvas.style.height = `${height}px`
    const ink = this.canvas.getContext('2d')
    const scale = this.zoom * ratio
    ink?.setTransform(scale, 0, 0, scale, -this.area!.x * scale, -this.area!.y * scale)
    return ink
  }

  private frameSelected(ink: CanvasRenderingContext2D): void {
    const { selection, stage } = this.board
    ink.strokeStyle = this.papers?.get(ACCENT) ?? 'blue'
    ink.lineWidth = 2 / this.zoom
    for (const id of selection.ids) {
      const r = stage.place(id)
      if (r) ink.strokeRect(r.x, r.y, r.w, r.h)
    }
  }
}

/** The colours of paper as the style sheet has them now. */
function readPapers(plane: HTMLElement): Map<string, string> {
  const probe = make('div', 'note')
  probe.hidden = true
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
