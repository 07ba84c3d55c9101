import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Board } from './board.ts'
import { pace } from './pace.ts'

const among = (others: number): Board => ({ client: { roster: { peers: new Map(Array.from({ length: others }, (_, i) => [i, {}])) } } }) as unknown as Board

test('what a hand does is sent seldom while nobody else is here', () => {
  assert.ok(pace(among(0), 1) >= 4 * pace(among(1), 1))
  assert.equal(pace(among(0), 100), pace(among(0), 1))
})

test('many notes are sent less often than a few', () => {
  assert.ok(pace(among(1), 100) > pace(among(1), 1))
})

test('a crowd is sent a note less often than a few people, and still ten times a second', () => {
  assert.ok(pace(among(300), 1) > pace(among(20), 1))
  assert.ok(pace(among(300), 1) <= 100)
})
