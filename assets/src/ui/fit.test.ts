import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FitCache, guess } from './fit.ts'

test('a step is remembered for a text at a size', () => {
  const cache = new FitCache()
  cache.set({ w: 200, h: 200, text: 'a' }, 2)
  assert.equal(cache.get({ w: 200, h: 200, text: 'a' }), 2)
  assert.equal(cache.get({ w: 201, h: 200, text: 'a' }), undefined)
  assert.equal(cache.get({ w: 200, h: 200, text: 'b' }), undefined)
})

test('sizes and texts that look alike when written together stay apart', () => {
  const cache = new FitCache()
  cache.set({ w: 20, h: 200, text: '1 a' }, 1)
  assert.equal(cache.get({ w: 20, h: 2001, text: 'a' }), undefined)
  assert.equal(cache.get({ w: 20, h: 200, text: '1 a' }), 1)
})

test('the oldest is forgotten', () => {
  const cache = new FitCache(2)
  for (const text of ['a', 'b', 'a', 'c']) cache.set({ w: 1, h: 1, text }, 3)
  assert.equal(cache.get({ w: 1, h: 1, text: 'b' }), undefined)
  assert.equal(cache.get({ w: 1, h: 1, text: 'a' }), 3)
})

test('a text is guessed the smaller the more there is of it', () => {
  const step = (text: string): number => guess({ w: 200, h: 200, text })
  assert.equal(step(''), 1)
  assert.equal(step('Faster exports'), 1)
  assert.equal(step('What do people who leave in the first week not find?'), 3)
  assert.equal(step('word '.repeat(100)), 5)
  assert.equal(step('Donaudampfschifffahrt'), 5)
})
