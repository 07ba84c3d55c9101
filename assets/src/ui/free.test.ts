import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freePart } from './free.ts'
import { holdsRect, type Rect } from './geometry.ts'

const desk: Rect = { x: 0, y: 0, w: 1000, h: 800 }
const map: Rect = { x: 800, y: 600, w: 180, h: 120 }
const tools: Rect = { x: 200, y: 740, w: 600, h: 44 }

test('what is wide goes above the map, what is high beside it', () => {
  assert.deepEqual(freePart(desk, [map, tools], { w: 2000, h: 800 }, 1), { x: 0, y: 0, w: 1000, h: 599 })
  assert.deepEqual(freePart(desk, [map], { w: 800, h: 2000 }, 1), { x: 0, y: 0, w: 799, h: 800 })
})

test('what is small lies as near to the middle as it is free there', () => {
  assert.deepEqual(freePart(desk, [], { w: 100, h: 100 }, 1), desk)
  const { x, y, w, h } = freePart(desk, [{ x: 450, y: 350, w: 100, h: 100 }], { w: 100, h: 100 }, 1)
  assert.ok(!holdsRect({ x, y, w, h }, { x: 450, y: 350, w: 1, h: 1 }))
  assert.ok(w >= 100 && h >= 100)
})

test('a desk that is all covered is taken as it is', () => {
  assert.deepEqual(freePart(desk, [desk], { w: 100, h: 100 }, 1), desk)
})
