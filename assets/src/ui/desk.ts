// The desk that notes lie on: holds the camera and writes it to the page, once
// a frame. It knows no notes.

import { type Camera, mix, type Size, toBoard, toScreen, visible } from './camera.ts'
import { Carriage, whole } from './carriage.ts'
import type { Frame } from './frame.ts'
import type { Point, Rect } from './geometry.ts'
import { prefersStill } from './motion.ts'
import { hide } from './page.ts'
import { Rush } from './rush.ts'

const GLIDE = 200 // ms
const REST = 180 // ms without a change of zoom, after which the picture is sharpened
const BLUR = 4 // how much larger than it was drawn a picture is shown
const WASTE = 2 // how much smaller: it has more pixels than there are
const GRID = 24 // board units between the dots of the desk
const MARGIN_OF_DOTS = 96 // pixels, as the style sheet has it: one step at 400 %
const GRID_FAR = 0.3 // below this zoom the dots are gone
/** Below this zoom few can read a note. */
export const SMALL = 0.35
/** Below this zoom nobody can. */
export const FAR = 0.2

export class Desk {
  camera: Camera
  /** How the notes on the page were last drawn. */
  drawn: Drawn = { x: 0, y: 0, zoom: 0 }
  private bounds: DOMRect
  private gliding: { from: Camera; to: Camera; start: number } | null = null
  private readonly listeners = new Set<() => void>()
  private readonly resizers = new Set<() => void>()
  private readonly drawers = new Set<() => void>()
  private restTimer = 0
  private movedAt = -Infinity
  private readonly rush = new Rush()
  private zoom = 0 // as it is written
  private readonly dots: HTMLElement | null
  private readonly dotsCarriage: Carriage | null
  private readonly carriage: Carriage

  constructor(
    readonly element: HTMLElement,
    private readonly layer: HTMLElement,
    private readonly plane: HTMLElement,
    private readonly frame: Frame,
  ) {
    this.bounds = element.getBoundingClientRect()
    this.camera = paintedCamera(plane)
    this.dots = element.querySelector('.dots')
    this.dotsCarriage = this.dots && new Carriage(this.dots)
    this.carriage = new Carriage(layer)
    new ResizeObserver(() => this.measure()).observe(element)
    // A focused element outside the view makes the browser scroll even what does not scroll.
    element.addEventListener('scroll', () => element.scrollTo(0, 0))
  }

  get size(): Size {
    return { w: this.bounds.width, h: this.bounds.height }
  }

  /** Whether the camera moved just now. */
  get isMoving(): boolean {
    return performance.now() - this.movedAt < REST
  }

  /** Whether the zoom changes too fast for what comes into view to be read. */
  get isRushing(): boolean {
    return this.rush.is(performance.now())
  }

  /** The part of the board in sight. */
  get visible(): Rect {
    return visible(this.camera, this.size)
  }

  /** Runs after each change of the camera or of the desk's size, until the answer is called. */
  onMove(fn: () => void): () => void {
    this.listeners.add(fn)
    return () => this.listeners.delete(fn)
  }

  /** Runs after the desk's size changed. */
  onResize(fn: () => void): void {
    this.resizers.add(fn)
  }

  /** Runs after the notes are drawn at another zoom. */
  onDraw(fn: () => void): void {
    this.drawers.add(fn)
  }

  /** A pointer's place on the desk, in screen pixels. */
  screen(e: { clientX: number; clientY: number }): Point {
    return [e.clientX - this.bounds.left, e.clientY - this.bounds.top]
  }

  /** A pointer's place on the board. */
  board(e: { clientX: number; clientY: number }): Point {
    return toBoard(this.camera, this.screen(e))
  }

  toScreen(point: Point): Point {
    return toScreen(this.camera, point)
  }

  middle(): Point {
    return [this.bounds.width / 2, this.bounds.height / 2]
  }

  /** Where a glide is going, else where one looks from: what the next step begins at. */
  get goal(): Camera {
    return this.gliding?.to ?? this.camera
  }

  /** Looks from there at once; ends a glide. */
  look(camera: Camera): void {
    this.gliding = null
    this.apply(camera)
  }

  /** Goes there smoothly, or at once for who wants no motion. */
  glide(camera: Camera): void {
    if (prefersStill()) return this.look(camera)
    this.gliding = { from: this.camera, to: camera, start: 0 }
    this.frame.ask('motion', this.step)
  }

  private readonly step = (now: number): void => {
    const g = this.gliding
    if (!g) return
    g.start ||= now
    const t = Math.min(1, (now - g.start) / GLIDE)
    this.apply(t === 1 ? g.to : mix(g.from, g.to, 1 - Math.pow(1 - t, 3), this.size))
    if (t === 1) this.gliding = null
    else this.frame.ask('motion', this.step)
  }

  private apply(camera: Camera): void {
    this.movedAt = performance.now()
    this.rush.note(camera.zoom, this.movedAt)
    this.camera = camera
    this.frame.ask('camera', this.write)
    for (const fn of this.listeners) fn()
  }

  /** Writes the camera at once. */
  flush(): void {
    this.write()
  }

  /** Moves layers that are drawn already: while the desk moves, nothing on it is drawn anew. */
  private readonly write = (): void => {
    const to = this.seen()
    const { zoom } = to
    this.writeDots(to.x, to.y, zoom)
    if (zoom !== this.zoom) {
      this.zoom = zoom
      this.element.toggleAttribute('data-far', zoom < FAR)
      this.zooming(to)
    }
    this.writeLayer(to)
  }

  private seen(): Drawn {
    const { x, y, zoom } = this.camera
    return { x: whole(-x * zoom), y: whole(-y * zoom), zoom }
  }

  /** What takes the notes from where they are drawn to where they are seen. */
  private writeLayer({ x, y, zoom }: Drawn): void {
    const { drawn } = this
    const stretch = zoom / drawn.zoom
    this.carriage.to(x - stretch * drawn.x, y - stretch * drawn.y, stretch)
  }

  /** The grid reaches a little beyond the desk, and is moved by less than a step. */
  private writeDots(panX: number, panY: number, zoom: number): void {
    if (!this.dots) return
    const { dots } = this
    const step = GRID * zoom
    if (zoom !== this.zoom) {
      hide(dots, zoom <= GRID_FAR)
      dots.style.setProperty('--zoom', String(zoom))
    }
    if (!dots.hidden) this.dotsCarriage?.to(within(panX, step), within(panY, step))
  }

  /** While the zoom changes, what is drawn is stretched; at rest, and when that shows, it is drawn sharp. */
  private zooming(to: Drawn): void {
    const { zoom } = this.drawn
    if (to.zoom > zoom * BLUR || to.zoom < zoom / WASTE) this.sharpen(to, this.isRushing)
    else this.layer.style.willChange = 'transform'
    clearTimeout(this.restTimer)
    this.restTimer = window.setTimeout(() => this.rest(), REST)
  }

  private rest(): void {
    const to = this.seen()
    this.sharpen(to, false)
    this.writeLayer(to)
  }

  /** Outlines keep their width on the screen at the zoom that is drawn. Shadows, which take longest, wait for who rushes by. */
  private sharpen(to: Drawn, rushing: boolean): void {
    this.drawn = to
    this.element.toggleAttribute('data-flat', to.zoom < SMALL || rushing)
    this.layer.style.willChange = ''
    this.plane.style.transform = `translate(${to.x}px, ${to.y}px) scale(${to.zoom})`
    this.plane.style.setProperty('--zoom', String(to.zoom))
    for (const fn of this.drawers) fn()
  }

  private measure(): void {
    this.bounds = this.element.getBoundingClientRect()
    for (const fn of this.listeners) fn()
    for (const fn of this.resizers) fn()
  }
}

/** How the board lies on the screen: its origin in pixels, and a zoom. */
interface Drawn {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** The camera that the style sheet painted the server's page with. */
function paintedCamera(plane: HTMLElement): Camera {
  const m = new DOMMatrixReadOnly(getComputedStyle(plane).transform)
  const zoom = m.a || 1
  return { x: -m.e / zoom, y: -m.f / zoom, zoom }
}

/** Where a line of a grid lies past the margin that the grid has around the desk. */
function within(pan: number, step: number): number {
  const past = (pan + MARGIN_OF_DOTS) % step
  return past < 0 ? past + step : past
}
