import assert from 'node:assert/strict'
import { test } from 'node:test'
import { meets, type Rect } from './geometry.ts'
import { Grid } from './grid.ts'

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): () => number {
  let s = seed
  return () => (s = (s * 48271) % 2147483647) / 2147483647
}

function some(random: () => number): Rect {
  return { x: random() * 20000 - 10000, y: random() * 20000 - 10000, w: 40 + random() * 1960, h: 40 + random() * 1960 }
}

test('a query finds what looking at every note finds', () => {
  const random = numbers(7)
  const grid = new Grid()
  const rects = new Map<string, Rect>()
  for (let i = 0; i < 3000; i++) {
    const id = `n${Math.floor(random() * 800)}`
    if (random() < 0.2) {
      grid.remove(id)
      rects.delete(id)
    } else {
      const rect = some(random)
      grid.put(id, rect)
      rects.set(id, rect)
    }
  }
  for (let i = 0; i < 200; i++) {
    const area = some(random)
    const want = [...rects].filter(([, r]) => meets(area, r)).map(([id]) => id)
    assert.deepEqual([...grid.query(area)].sort(), want.sort())
  }
  assert.equal(grid.size, rects.size)
})

test('an area wider than the board finds everything', () => {
  const grid = new Grid()
  grid.put('a', { x: 0, y: 0, w: 200, h: 200 })
  grid.put('b', { x: 90000, y: -70000, w: 200, h: 200 })
  assert.deepEqual([...grid.query({ x: -1e6, y: -1e6, w: 2e6, h: 2e6 })].sort(), ['a', 'b'])
})

test('a note that moved is found where it is, not where it was', () => {
  const grid = new Grid()
  for (let i = 0; i < 50; i++) grid.put(`far${i}`, { x: 50000 + i, y: 0, w: 40, h: 40 })
  grid.put('a', { x: 0, y: 0, w: 100, h: 100 })
  grid.put('a', { x: 2000, y: 0, w: 100, h: 100 })
  assert.deepEqual([...grid.query({ x: 0, y: 0, w: 10, h: 10 })], [])
  assert.deepEqual([...grid.query({ x: 2050, y: 50, w: 0, h: 0 })], ['a'])
})
