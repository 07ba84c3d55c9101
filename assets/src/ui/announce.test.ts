import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Announcer } from './announce.ts'
import { NEWS } from './telling.ts'

test('as much of others’ news is told as one likes', () => {
  const announcer = new Announcer(null, { isCalm: false })
  assert.equal(announcer.news, 'all')
  const told = NEWS.map((news) => {
    announcer.news = news
    return [announcer.wants(false), announcer.wants(true)]
  })
  assert.deepEqual(told, [[true, true], [false, true], [false, false]])
})
