import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rect } from './geometry.ts'
import { type Guide, guidesAcross, guidesDown, snapBox as pullBox, snapPull, snapTo } from './snap.ts'

const rect = (x: number, y: number, w = 200, h = 200): Rect => ({ x, y, w, h })

/** Where a box falls in line, and what is shown there. */
function snapBox(box: Rect, others: Rect[], within: number): { dx: number | null; dy: number | null; guides: Guide[] } {
  const { dx, dy } = pullBox(box, others, within)
  const there = { ...box, x: box.x + (dx ?? 0), y: box.y + (dy ?? 0) }
  return { dx, dy, guides: [...(dx === null ? [] : guidesAcross(there, others)), ...(dy === null ? [] : guidesDown(there, others))] }
}

test('edges and middles fall in line, the nearest first', () => {
  const { dx, dy } = snapBox(rect(104, 500), [rect(100, 0)], 6)
  assert.deepEqual([dx, dy], [-4, null])
  assert.equal(snapBox(rect(152, 500, 100, 100), [rect(100, 0)], 6).dx, -2, 'the middles')
  assert.equal(snapBox(rect(203, 500, 100, 100), [rect(100, 0)], 6).dx, -3, 'the right edges')
  assert.equal(snapBox(rect(107, 500), [rect(100, 0)], 6).dx, null, 'too far')
})

test('both directions at once, each with its line', () => {
  const { dx, dy, guides } = snapBox(rect(303, 2), [rect(0, 0), rect(300, 600)], 6)
  assert.deepEqual([dx, dy], [-3, -2])
  assert.ok(guides.some((g) => g.from[0] === 300 && g.to[0] === 300 && g.to[1] === 800), 'an upright line down to the other')
  assert.ok(guides.some((g) => g.from[1] === 0 && g.to[1] === 0 && g.from[0] === 0 && g.to[0] === 500), 'a level line over both')
})

test('the usual gap, and the gap that a row has', () => {
  assert.equal(snapBox(rect(223, 30), [rect(0, 0)], 6).dx, -3, 'a gap beside a note')
  const row = [rect(0, 0), rect(240, 0)]
  const { dx, guides } = snapBox(rect(484, 30), row, 6)
  assert.equal(dx, -4, '40, as between the others')
  const gaps = guides.filter((g) => g.from[1] === g.to[1] && Math.abs(g.to[0] - g.from[0] - 40) < 0.1)
  assert.equal(gaps.length, 2, 'both gaps are shown')
  assert.equal(snapBox(rect(480, 30), row, 6).guides.length, 2, 'also where it lies there already')
  assert.equal(snapBox(rect(303, 30), [rect(0, 0), rect(600, 0)], 6).dx, -3, 'midway between two')
})

test('no line without a reason', () => {
  assert.deepEqual(snapBox(rect(57, 413), [rect(1000, 1000)], 6), { dx: null, dy: null, guides: [] })
  assert.equal(snapTo(5, [9, 3, 20], 6), 3)
  assert.equal(snapTo(5, [12], 6), 5)
})

test('what is in line already says so and does not move', () => {
  const { dx, guides } = snapBox(rect(100, 437), [rect(100, 0)], 6)
  assert.equal(dx, 0)
  assert.equal(guides.length, 3, 'left, middle and right')
})

test('a side in the hand falls in line, or makes its note as long as another', () => {
  const pull = { edge: 'e', dx: 47, dy: 30, even: false, centred: false } as const
  assert.deepEqual(snapPull(rect(0, 0), pull, [rect(0, 500, 250, 100)], 6), { ...pull, dx: 50 })
  assert.equal(snapPull(rect(0, 0), pull, [rect(700, 500, 250, 100)], 6).dx, 50, 'as wide')
  assert.equal(snapPull(rect(0, 0), { ...pull, dx: 23, centred: true }, [rect(700, 500, 250, 100)], 6).dx, 25, 'on both sides')
  assert.equal(snapPull(rect(0, 0), { ...pull, edge: 'w', dx: -48 }, [rect(-250, 500, 200, 100)], 6).dx, -50)
  assert.equal(snapPull(rect(0, 0), { ...pull, even: true }, [rect(0, 500, 250, 100)], 6).dx, 47, 'proportions are kept')
})
