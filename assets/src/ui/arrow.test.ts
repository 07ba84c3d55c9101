import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arrowBetween, pathOf } from './arrow.ts'
import type { Rect } from './geometry.ts'

const at = (x: number, y: number): Rect => ({ x, y, w: 100, h: 100 })

test('an arrow runs between the edges that face each other', () => {
  assert.deepEqual(arrowBetween(at(0, 0), at(300, 0)), { from: [106, 50], to: [294, 50] })
  assert.deepEqual(arrowBetween(at(0, 300), at(0, 0)), { from: [50, 294], to: [50, 106] })
  const diagonal = arrowBetween(at(0, 0), at(400, 400))!
  assert.deepEqual(diagonal.from.map(Math.round), [106, 106], 'out of the corner')
})

test('where notes overlap or touch there is none', () => {
  assert.equal(arrowBetween(at(0, 0), at(0, 0)), null)
  assert.equal(arrowBetween(at(0, 0), at(90, 40)), null)
  assert.equal(arrowBetween(at(0, 0), at(110, 0)), null)
})

test('the path has a line and a head that ends where the line does', () => {
  assert.equal(pathOf({ from: [0, 0], to: [100, 0] }), 'M0 0L100 0M86 6L100 0L86 -6')
})
