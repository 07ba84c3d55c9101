import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Speed } from './fling.ts'

test('the speed is that of the last moments, and nothing after a rest', () => {
  const s = new Speed()
  for (let t = 0; t <= 200; t += 10) s.add([t < 100 ? t * 9 : 900 + (t - 100), 0], t)
  const [vx, vy] = s.of(200)
  assert.ok(Math.abs(vx - 1) < 0.01 && vy === 0, `${vx}`)
  assert.deepEqual(s.of(400), [0, 0])
})

test('a slow hand sets nothing moving, a wild one only so much', () => {
  const slow = new Speed()
  for (let t = 0; t <= 60; t += 10) slow.add([t / 10, 0], t)
  assert.deepEqual(slow.of(60), [0, 0])
  const wild = new Speed()
  for (let t = 0; t <= 60; t += 10) wild.add([0, -t * 30], t)
  assert.deepEqual(wild.of(60), [0, -4])
})
