import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  type Camera, fit, MAX_ZOOM, MIN_ZOOM, mix, push, reveal, toBoard, toScreen, visible, wheelFactor, zoomAt, zoomStep,
} from './camera.ts'
import { holdsRect } from './geometry.ts'

const size = { w: 1000, h: 800 }
const inset = { top: 80, side: 48, bottom: 96 }

function close(a: readonly number[], b: readonly number[]): void {
  a.forEach((v, i) => assert.ok(Math.abs(v - b[i]!) < 1e-6, `${a.join()} is not ${b.join()}`))
}

test('screen and board are each other’s inverse', () => {
  const c: Camera = { x: -120, y: 33, zoom: 0.37 }
  close(toBoard(c, toScreen(c, [12.5, -900])), [12.5, -900])
  close(toScreen(c, [c.x, c.y]), [0, 0])
})

test('zooming keeps what is under the pointer under the pointer, at every zoom', () => {
  for (const zoom of [0.05, 0.1, 1, 3.99, 400]) {
    const c: Camera = { x: 10, y: 20, zoom: 0.8 }
    const at = [333, 71] as const
    const before = toBoard(c, at)
    close(toBoard(zoomAt(c, at, zoom), at), before)
  }
})

test('zoom stays within 5 and 400 %', () => {
  const c: Camera = { x: 0, y: 0, zoom: 1 }
  assert.equal(zoomAt(c, [0, 0], 99).zoom, MAX_ZOOM)
  assert.equal(zoomAt(c, [0, 0], 0).zoom, MIN_ZOOM)
  assert.equal(zoomStep(MAX_ZOOM, 1), MAX_ZOOM)
  assert.equal(zoomStep(MIN_ZOOM, -1), MIN_ZOOM)
})

test('zoom steps go to the next round zoom', () => {
  assert.equal(zoomStep(1, 1), 1.5)
  assert.equal(zoomStep(1, -1), 0.75)
  assert.equal(zoomStep(0.83, 1), 1)
  assert.equal(zoomStep(0.83, -1), 0.75)
})

test('turning the wheel there and back comes back', () => {
  close([wheelFactor(40) * wheelFactor(-40), wheelFactor(3) * wheelFactor(-3)], [1, 1])
  assert.ok(wheelFactor(-10) > 1)
})

test('pushing moves the desk by screen pixels at any zoom', () => {
  const c: Camera = { x: 0, y: 0, zoom: 0.5 }
  const p = toScreen(c, [7, 9])
  const q = toScreen(push(c, 30, -12), [7, 9])
  close([q[0] - p[0], q[1] - p[1]], [30, -12])
})

test('fit shows everything and is never larger than life', () => {
  for (const r of [
    { x: -5000, y: 100, w: 9000, h: 400 },
    { x: 0, y: 0, w: 100, h: 30000 },
    { x: 40, y: 50, w: 200, h: 200 },
  ]) {
    const c = fit(r, size, inset)
    assert.ok(c.zoom <= 1)
    if (c.zoom > MIN_ZOOM) assert.ok(holdsRect(visible(c, size), r))
  }
  assert.equal(fit({ x: 40, y: 50, w: 200, h: 200 }, size, inset).zoom, 1)
})

test('fit gives the view that the style sheet paints first', () => {
  const r = { x: -300, y: 200, w: 2400, h: 900 }
  const c = fit(r, size, inset)
  const zoom = Math.min((size.w - 96) / r.w, (size.h - 80 - 96) / r.h)
  close([c.zoom], [zoom])
  close(toScreen(c, [r.x + r.w / 2, r.y + r.h / 2]), [size.w / 2, size.h / 2 - 8])
})

test('reveal moves as little as it must', () => {
  const c: Camera = { x: 0, y: 0, zoom: 1 }
  assert.equal(reveal(c, { x: 300, y: 300, w: 200, h: 200 }, size, inset), c)
  const right = reveal(c, { x: 900, y: 300, w: 200, h: 200 }, size, inset)
  close(toScreen(right, [1100, 300]), [size.w - inset.side, 300])
  const above = reveal(c, { x: 300, y: -50, w: 200, h: 200 }, size, inset)
  close(toScreen(above, [300, -50]), [300, inset.top])
})

test('reveal of something larger than the view shows its beginning', () => {
  const c: Camera = { x: 500, y: 500, zoom: 1 }
  const r = reveal(c, { x: 0, y: 0, w: 5000, h: 5000 }, size, inset)
  close(toScreen(r, [0, 0]), [inset.side, inset.top])
})

test('a glide begins and ends where it should', () => {
  const a: Camera = { x: 0, y: 0, zoom: 0.2 }
  const b: Camera = { x: 700, y: -50, zoom: 2 }
  for (const [t, want] of [[0, a], [1, b]] as const) {
    const got = mix(a, b, t, size)
    close([got.x, got.y, got.zoom], [want.x, want.y, want.zoom])
  }
})
