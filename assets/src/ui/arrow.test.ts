import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arrowBetween, labelPlace, pathOf } from './arrow.ts'
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

test('a label stands on its line, or beside one that it would hide', () => {
  assert.deepEqual(labelPlace({ from: [0, 0], to: [200, 0] }, 'because'), { at: [100, 0], side: 'on' })
  assert.deepEqual(labelPlace({ from: [0, 0], to: [0, 80] }, 'long enough to hide a line that goes across'), { at: [0, 40], side: 'on' })
  assert.deepEqual(labelPlace({ from: [0, 10], to: [40, 0] }, 'because'), { at: [20, -6], side: 'over', most: 80 })
  assert.deepEqual(labelPlace({ from: [0, 0], to: [10, 40] }, 'because'), { at: [16, 20], side: 'right' })
  const words = 'a label that is longer than its arrow'
  const spanOf = (gap: number): [string, number, number] => {
    const { at: [x], side, most } = labelPlace(arrowBetween(at(0, 0), at(100 + gap, 0))!, words)
    return [side, x - most! / 2, x + most! / 2]
  }
  assert.deepEqual(spanOf(90), ['above', 100, 190], 'in several lines just between the notes')
  assert.deepEqual(spanOf(20), ['over', 70, 150], 'in one line over little more than the margins of the notes')
  assert.equal(labelPlace({ from: [0, 0], to: [180, 0] }, '因為這就是原因啊').side, 'above', 'wide letters')
})
