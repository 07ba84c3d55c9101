import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeOf, readNote, readPlace } from './address.ts'
import { lookAt } from './camera.ts'

test('a place is read as it was written', () => {
  const size = { w: 1280, h: 800 }
  const place = placeOf(lookAt([-1234.4, 88], [640, 400], 0.123456), size)
  assert.deepEqual(place, [-1234, 88, 0.123])
  assert.deepEqual(readPlace(`#${place.join(',')}`), place)
})

test('what is no place is none, and a zoom keeps to its bounds', () => {
  for (const hash of ['', '#', '#1,2', '#1,2,3,4', '#a,b,c', '#note=abc', '#1,2,', '#1,2,1e9']) assert.equal(readPlace(hash), null, hash)
  assert.equal(readPlace('#0,0,99')![2], 4)
  assert.equal(readPlace('#0,0,0')![2], 0.05)
})

test('a note is named by its id', () => {
  assert.equal(readNote('#note=S_2DzXXo4KJI06zLs6BPX'), 'S_2DzXXo4KJI06zLs6BPX')
  assert.equal(readNote('#note=a"b'), undefined)
})
