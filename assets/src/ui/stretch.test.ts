import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Edge, EDGES } from './edges.ts'
import type { Rect } from './geometry.ts'
import { changes, longest, type Pull, stretch } from './stretch.ts'

const note: Rect = { x: 100, y: 100, w: 200, h: 200 }

function pull(edge: Edge, dx: number, dy: number, more: Partial<Pull> = {}): Rect {
  return stretch(note, new Map([['a', note]]), { edge, dx, dy, even: false, centred: false, ...more }).get('a')!
}

test('each handle moves its own sides and leaves the opposite ones', () => {
  assert.deepEqual(pull('se', 50, 20), { x: 100, y: 100, w: 250, h: 220 })
  assert.deepEqual(pull('nw', 50, 20), { x: 150, y: 120, w: 150, h: 180 })
  assert.deepEqual(pull('n', 999, -40), { x: 100, y: 60, w: 200, h: 240 })
  assert.deepEqual(pull('w', -30, 999), { x: 70, y: 100, w: 230, h: 200 })
})

test('a note is never smaller than 40 or larger than 2000, and the far side stays', () => {
  for (const edge of EDGES) {
    for (const far of [-9999, 9999]) {
      const r = pull(edge, far, far)
      assert.ok(r.w >= 40 && r.h >= 40 && r.w <= 2000 && r.h <= 2000, edge)
      if (edge.includes('w')) assert.equal(r.x + r.w, 300)
      else assert.equal(r.x, 100)
    }
  }
})

test('evenly pulled, the proportions stay', () => {
  assert.deepEqual(pull('se', 100, 10, { even: true }), { x: 100, y: 100, w: 300, h: 300 })
  assert.deepEqual(pull('w', -100, 999, { even: true }), { x: 0, y: 50, w: 300, h: 300 })
  assert.deepEqual(pull('s', 999, -50, { even: true }), { x: 125, y: 100, w: 150, h: 150 })
})

test('pulled from the middle, the middle stays', () => {
  assert.deepEqual(pull('e', 50, 0, { centred: true }), { x: 50, y: 100, w: 300, h: 200 })
  assert.deepEqual(pull('nw', 20, 30, { centred: true }), { x: 120, y: 130, w: 160, h: 140 })
  assert.deepEqual(pull('se', 50, 0, { centred: true, even: true }), { x: 50, y: 50, w: 300, h: 300 })
})

test('a frame may be larger than the notes that are pulled with it', () => {
  const places = new Map([['frame', { x: 0, y: 0, w: 3000, h: 600 }], ['note', { x: 100, y: 100, w: 1000, h: 200 }]])
  const pulled = (dx: number): number[] => {
    const most = (id: string): number => longest(id === 'frame' ? { kind: 'frame' } : {})
    return [...stretch(places.get('frame')!, places, { edge: 'e', dx, dy: 0, even: false, centred: false, most }).values()].map((r) => r.w)
  }
  assert.deepEqual(pulled(300), [3300, 1100])
  assert.deepEqual(pulled(9000), [6000, 2000])
})

test('only the sides that differ are sent', () => {
  const to = new Map([['a', { ...note, w: 210 }], ['b', note], ['gone', note]])
  assert.deepEqual(changes((id) => (id === 'gone' ? undefined : note), to), [{ note: 'a', set: { w: 210 } }])
})

test('several notes scale with their box', () => {
  const notes = new Map([
    ['a', { x: 0, y: 0, w: 100, h: 100 }],
    ['b', { x: 300, y: 100, w: 100, h: 100 }],
  ])
  const out = stretch({ x: 0, y: 0, w: 400, h: 200 }, notes, { edge: 'e', dx: 400, dy: 0, even: false, centred: false })
  assert.deepEqual(out.get('a'), { x: 0, y: 0, w: 200, h: 100 })
  assert.deepEqual(out.get('b'), { x: 600, y: 100, w: 200, h: 100 })
})
