// The desk that notes lie on: holds the camera and writes it to the page, once
// a frame. It knows no notes.

import { type Camera, mix, type Size, toBoard, toScreen, visible } from './camera.ts'
import type { Frame } from './frame.ts'
import type { Point, Rect } from './geometry.ts'
import { prefersStill } from './motion.ts'

const GLIDE = 200 // ms
const REST = 180 // ms without a move, after which the picture is sharpened
/** Below this zoom nobody can read a note. */
export const FAR = 0.2

export class Desk {
  camera: Camera
  private bounds: DOMRect
  private gliding: { from: Camera; to: Camera; start: number } | null = null
  private readonly listeners = new Set<() => void>()
  private readonly resizers = new Set<() => void>()
  private restTimer = 0

  constructor(
    readonly element: HTMLElement,
    private readonly plane: HTMLElement,
    private readonly frame: Frame,
  ) {
    this.bounds = element.getBoundingClientRect()
    this.camera = paintedCamera(plane)
    registerPan()
    new ResizeObserver(() => this.measure()).observe(element)
    // A focused element outside the view makes the browser scroll even what does not scroll.
    element.addEventListener('scroll', () => element.scrollTo(0, 0))
  }

  get size(): Size {
    return { w: this.bounds.width, h: this.bounds.height }
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

  /** Looks from there at once; ends a glide. */
  look(camera: Camera): void {
    this.gliding = null
    this.apply(camera)
  }

  /** Goes there smoothly, or at once for who wants no motion. */
  glide(camera: Camera): void {
    if (prefersStill()) return this.look(camera)
    this.gliding = { from: this.camera, to: camera, start: 0 }
    this.frame.ask('camera', this.step)
  }

  private readonly step = (now: number): void => {
    const g = this.gliding
    if (!g) return
    g.start ||= now
    const t = Math.min(1, (now - g.start) / GLIDE)
    this.apply(t === 1 ? g.to : mix(g.from, g.to, 1 - Math.pow(1 - t, 3), this.size))
    if (t === 1) this.gliding = null
    else this.frame.ask('camera', this.step)
  }

  private apply(camera: Camera): void {
    this.camera = camera
    this.frame.ask('camera', this.write)
    for (const fn of this.listeners) fn()
  }

  /** Writes the camera at once. */
  flush(): void {
    this.write()
  }

  private readonly write = (): void => {
    const { x, y, zoom } = this.camera
    const [panX, panY] = [snap(-x * zoom), snap(-y * zoom)]
    const style = this.element.style
    style.setProperty('--pan-x', `${panX}px`)
    style.setProperty('--pan-y', `${panY}px`)
    if (style.getPropertyValue('--zoom') !== String(zoom)) style.setProperty('--zoom', String(zoom))
    this.plane.style.transform = `translate(${panX}px, ${panY}px) scale(${zoom})`
    this.element.toggleAttribute('data-far', zoom < FAR)
    this.moving()
  }

  /** While moving, the plane is a layer of its own; at rest it is drawn sharp at its zoom. */
  private moving(): void {
    this.plane.style.willChange = 'transform'
    clearTimeout(this.restTimer)
    this.restTimer = window.setTimeout(() => (this.plane.style.willChange = ''), REST)
  }

  private measure(): void {
    this.bounds = this.element.getBoundingClientRect()
    for (const fn of this.listeners) fn()
    for (const fn of this.resizers) fn()
  }
}

/** Whole device pixels keep text and edges crisp. */
function snap(v: number): number {
  const ratio = window.devicePixelRatio || 1
  return Math.round(v * ratio) / ratio
}

/** The camera that the style sheet painted the server's page with. */
function paintedCamera(plane: HTMLElement): Camera {
  const m = new DOMMatrixReadOnly(getComputedStyle(plane).transform)
  const zoom = m.a || 1
  return { x: -m.e / zoom, y: -m.f / zoom, zoom }
}

/**
 * The pan changes with each frame; without inheritance it costs the style of
 * one element and not of ten thousand notes.
 */
function registerPan(): void {
  for (const name of ['--pan-x', '--pan-y']) {
    try {
      CSS.registerProperty({ name, syntax: '<length>', inherits: false, initialValue: '0px' })
    } catch {
      // An old browser, or it is registered: the pan works all the same.
    }
  }
}
