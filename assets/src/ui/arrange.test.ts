import assert from 'node:assert/strict'
import { test } from 'node:test'
import { align, distribute, tidy } from './arrange.ts'
import { meets, type Point, type Rect } from './geometry.ts'

const boxes: Rect[] = [
  { x: 0, y: 0, w: 200, h: 200 },
  { x: 250, y: 30, w: 100, h: 100 },
  { x: 600, y: 400, w: 200, h: 100 },
]

function after(moves: readonly Point[], all = boxes): Rect[] {
  return all.map((b, i) => ({ ...b, x: b.x + moves[i]![0], y: b.y + moves[i]![1] }))
}

test('each side of the whole is a line to lie on', () => {
  assert.deepEqual(after(align(boxes, 'left')).map((b) => b.x), [0, 0, 0])
  assert.deepEqual(after(align(boxes, 'right')).map((b) => b.x + b.w), [800, 800, 800])
  assert.deepEqual(after(align(boxes, 'centre')).map((b) => b.x + b.w / 2), [400, 400, 400])
  assert.deepEqual(after(align(boxes, 'top')).map((b) => b.y), [0, 0, 0])
  assert.deepEqual(after(align(boxes, 'middle')).map((b) => b.y + b.h / 2), [250, 250, 250])
  assert.deepEqual(after(align(boxes, 'bottom')).map((b) => b.y + b.h), [500, 500, 500])
})

test('gaps become equal and the ends stay', () => {
  const [a, b, c] = after(distribute(boxes, 'x')) as [Rect, Rect, Rect]
  assert.deepEqual([a.x, c.x], [0, 600])
  assert.equal(b.x - (a.x + a.w), c.x - (b.x + b.w))
  assert.deepEqual([a.y, b.y, c.y], [0, 30, 400], 'the other direction is left alone')
})

test('tidied, nothing overlaps, and a row stays a row', () => {
  const scattered = Array.from({ length: 12 }, (_, i) => ({ x: (i % 4) * 190 + (i % 3) * 17, y: Math.floor(i / 4) * 180 + (i % 5) * 9, w: 200, h: 200 }))
  const out = after(tidy(scattered), scattered)
  for (const [i, a] of out.entries()) for (const b of out.slice(i + 1)) assert.ok(!meets(a, b))
  assert.deepEqual(out.map((b) => [(b.x) / 220, (b.y) / 220]), scattered.map((_, i) => [i % 4, Math.floor(i / 4)]))
  assert.deepEqual(after(tidy(out), out), out, 'tidy is tidy')
})

test('a line of notes is tidied into a line', () => {
  const line = Array.from({ length: 5 }, (_, i) => ({ x: i * 230, y: i % 2 ? 8 : 0, w: 200, h: 200 }))
  assert.deepEqual(after(tidy(line), line).map((b) => [b.x, b.y]), [[0, 0], [220, 0], [440, 0], [660, 0], [880, 0]])
})
