import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Rect } from './geometry.ts'
import { type Direction, nearest } from './nearest.ts'
import { liesAt, nextPlace, runsLeft } from './neighbour.ts'

function at(x: number, y: number): Rect {
  return { x, y, w: 200, h: 200 }
}

test('an arrow goes to the note that lies ahead', () => {
  const notes = [['right', at(250, 10)], ['below', at(0, 260)], ['far', at(900, 0)], ['left', at(-240, 0)]] as const
  const go = (d: Direction): string | undefined => nearest([100, 100], notes, d)
  assert.equal(go('Right'), 'right')
  assert.equal(go('Down'), 'below')
  assert.equal(go('Left'), 'left')
  assert.equal(go('Up'), undefined)
})

test('what lies straight ahead is nearer than what lies aside', () => {
  const notes = [['aside', at(220, 230)], ['ahead', at(420, 0)]] as const
  assert.equal(nearest([100, 100], notes, 'Right'), 'ahead')
})

test('the next note lies a gap away and is as large', () => {
  const r = { x: 0, y: 0, w: 200, h: 120 }
  assert.deepEqual(nextPlace(r, 'Right'), { x: 220, y: 0, w: 200, h: 120 })
  assert.deepEqual(nextPlace(r, 'Left'), { x: -220, y: 0, w: 200, h: 120 })
  assert.deepEqual(nextPlace(r, 'Down'), { x: 0, y: 140, w: 200, h: 120 })
  assert.deepEqual(nextPlace(r, 'Up'), { x: 0, y: -140, w: 200, h: 120 })
})

test('a note at that place is taken only when it covers the middle of it', () => {
  const place = nextPlace(at(0, 0), 'Right')
  assert.ok(liesAt(at(240, 30), place))
  assert.ok(!liesAt(at(420, 0), place))
  assert.ok(!liesAt({ x: 0, y: -900, w: 2000, h: 2000 }, place)) // its middle is elsewhere
})

test('text from right to left is known by its first letter', () => {
  assert.ok(runsLeft('12 שלום'))
  assert.ok(runsLeft('مرحبا'))
  assert.ok(!runsLeft('hello שלום'))
  assert.ok(!runsLeft('… 1'))
})
