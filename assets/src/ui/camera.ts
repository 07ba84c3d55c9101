// Where we look from, as plain numbers. Zoom 1 is 100 %; the desk element's top
// left corner shows the board point (x, y).

import { centre, clamp, type Point, type Rect } from './geometry.ts'

export interface Camera {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

export interface Size {
  readonly w: number
  readonly h: number
}

export const MIN_ZOOM = 0.05
export const MAX_ZOOM = 4

export function toScreen(c: Camera, [x, y]: Point): Point {
  return [(x - c.x) * c.zoom, (y - c.y) * c.zoom]
}

export function toBoard(c: Camera, [x, y]: Point): Point {
  return [x / c.zoom + c.x, y / c.zoom + c.y]
}

/** The part of the board that a desk of this size shows. */
export function visible(c: Camera, size: Size): Rect {
  return { x: c.x, y: c.y, w: size.w / c.zoom, h: size.h / c.zoom }
}

/** Moves the desk by screen pixels, as if it were pushed with a hand. */
export function push(c: Camera, dx: number, dy: number): Camera {
  return { ...c, x: c.x - dx / c.zoom, y: c.y - dy / c.zoom }
}

/** Zooms so that the board point under a screen point stays there. */
export function zoomAt(c: Camera, at: Point, zoom: number): Camera {
  const z = clamp(zoom, MIN_ZOOM, MAX_ZOOM)
  const [x, y] = toBoard(c, at)
  return { x: x - at[0] / z, y: y - at[1] / z, zoom: z }
}

const STEPS = [0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4]

/** The next round zoom above (direction 1) or below (-1) this one. */
export function zoomStep(zoom: number, direction: 1 | -1): number {
  const near = 0.001
  const next =
    direction > 0
      ? STEPS.find((s) => s > zoom + near)
      : STEPS.findLast((s) => s < zoom - near)
  return next ?? clamp(zoom, MIN_ZOOM, MAX_ZOOM)
}

/**
 * How much a wheel turn of `delta` pixels zooms: a factor. A pinch comes in small
 * turns, a mouse wheel in large ones, which must not leap.
 */
export function wheelFactor(delta: number): number {
  return Math.exp(-clamp(delta, -24, 24) * 0.01)
}

/** Room kept free around what is fitted, in screen pixels: the islands float there. */
export interface Inset {
  readonly top: number
  readonly side: number
  readonly bottom: number
}

/** Shows the whole rectangle, centred, and never larger than `most`. */
export function fit(rect: Rect, size: Size, inset: Inset, most = 1): Camera {
  const w = Math.max(size.w - 2 * inset.side, 40)
  const h = Math.max(size.h - inset.top - inset.bottom, 40)
  const zoom = clamp(Math.min(w / Math.max(rect.w, 1), h / Math.max(rect.h, 1)), MIN_ZOOM, most)
  return lookAt(centre(rect), [size.w / 2, inset.top + h / 2], zoom)
}

/** Puts a board point at a screen point. */
export function lookAt([x, y]: Point, [sx, sy]: Point, zoom: number): Camera {
  return { x: x - sx / zoom, y: y - sy / zoom, zoom }
}

/** The smallest push that brings a rectangle into view; the same camera if it is in view. */
export function reveal(c: Camera, rect: Rect, size: Size, inset: Inset): Camera {
  const [left, top] = toScreen(c, [rect.x, rect.y])
  const dx = shift(left, left + rect.w * c.zoom, inset.side, size.w - inset.side)
  const dy = shift(top, top + rect.h * c.zoom, inset.top, size.h - inset.bottom)
  return dx === 0 && dy === 0 ? c : push(c, dx, dy)
}

/** How far to move the span [from, to] so that it lies within [low, high]; its start wins. */
function shift(from: number, to: number, low: number, high: number): number {
  if (from < low || to - from > high - low) return from < low || to > high ? low - from : 0
  return to > high ? high - to : 0
}

/** Between two cameras, t from 0 to 1; zoom changes evenly to the eye. */
export function mix(a: Camera, b: Camera, t: number, size: Size): Camera {
  const zoom = a.zoom * Math.pow(b.zoom / a.zoom, t)
  const mid: Point = [size.w / 2, size.h / 2]
  const [ax, ay] = toBoard(a, mid)
  const [bx, by] = toBoard(b, mid)
  // The path of the middle follows the zoom, or a point would swing past while zooming.
  const k = Math.abs(b.zoom - a.zoom) < 1e-6 ? t : (1 / zoom - 1 / a.zoom) / (1 / b.zoom - 1 / a.zoom)
  return lookAt([ax + (bx - ax) * k, ay + (by - ay) * k], mid, zoom)
}
