import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heightBefore } from './grow.ts'
import { heightFor } from './heights.ts'
import { liesAt, nextPlace, runsLeft } from './neighbour.ts'

test('a note is as high as its text needs, never lower than it was before', () => {
  assert.equal(heightFor(180, 200), 200)
  assert.equal(heightFor(260.4, 200), 261)
  assert.equal(heightFor(9_000, 200), 2_000)
})

test('a note that grew is known by its text', () => {
  assert.equal(heightBefore({ w: 200, h: 260 }, 256), 200)
  assert.equal(heightBefore({ w: 200, h: 400 }, 256), undefined, 'made higher by hand')
  assert.equal(heightBefore({ w: 200, h: 200 }, 200), undefined, 'a square')
})

test('so is a wide one, below its square and above', () => {
  assert.equal(heightBefore({ w: 400, h: 262 }, 262), 200)
  assert.equal(heightBefore({ w: 400, h: 470 }, 470), 200)
  assert.equal(heightBefore({ w: 400, h: 262 }, 240), undefined, 'made so by hand')
  assert.equal(heightBefore({ w: 400, h: 200 }, 200), undefined, 'it did not grow')
})

test('the next note lies a gap away, and as high as this one was', () => {
  const tall = { x: 0, y: 0, w: 200, h: 300 }
  assert.deepEqual(nextPlace(tall, 'Down', 200), { x: 0, y: 320, w: 200, h: 200 })
  assert.deepEqual(nextPlace(tall, 'Up', 200), { x: 0, y: -220, w: 200, h: 200 })
  assert.deepEqual(nextPlace(tall, 'Left'), { x: -220, y: 0, w: 200, h: 300 })
  assert.ok(liesAt({ x: 230, y: 10, w: 200, h: 200 }, nextPlace(tall, 'Right', 200)))
  assert.ok(!liesAt({ x: 400, y: 0, w: 200, h: 200 }, nextPlace(tall, 'Right', 200)))
})

test('a text runs to the left by its first letter', () => {
  assert.ok(runsLeft('12 שלום'))
  assert.ok(!runsLeft('Hello שלום'))
  assert.ok(!runsLeft('123'))
})
