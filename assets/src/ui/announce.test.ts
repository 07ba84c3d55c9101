import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Announcer } from './announce.ts'
import { Gathering } from './news.ts'
import { Selection } from './selection.ts'
import { NEWS, tellSelection } from './telling.ts'

test('as much of others’ news is told as one likes', () => {
  const announcer = new Announcer(null)
  assert.equal(announcer.news, 'all')
  const told = NEWS.map((news) => {
    announcer.news = news
    return [announcer.wants(false), announcer.wants(true)]
  })
  assert.deepEqual(told, [[true, true], [false, true], [false, false]])
})

test('a frame that somebody added is not counted among their notes', () => {
  const others = new Gathering()
  for (const kind of [undefined, 'frame', undefined] as const) others.add('Bo', kind)
  assert.equal(others.take(), 'Bo added a frame. Bo added 2 notes.')
  assert.equal(others.take(), '')
})

test('what was told goes from the page, or it would be read again when a dialog closes', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  Object.assign(globalThis, { window: globalThis })
  const host = { textContent: '' }
  const announcer = new Announcer(host as HTMLElement)
  announcer.now('Undone')
  t.mock.timers.tick(7000)
  announcer.now('Undone')
  assert.equal(host.textContent, 'Undone\u00a0')
  t.mock.timers.tick(7000)
  assert.equal(host.textContent, 'Undone\u00a0')
  t.mock.timers.tick(1000)
  assert.equal(host.textContent, '')
})

test('how many are selected is told behind a change of that, and not over what a deed says itself', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  Object.assign(globalThis, { window: globalThis })
  const host = { textContent: '' }
  const [announcer, selection] = [new Announcer(host as HTMLElement), new Selection()]
  tellSelection({ announcer, selection })
  announcer.now('Selected')
  selection.set(['a', 'b'])
  t.mock.timers.tick(500)
  assert.equal(host.textContent, '2 notes selected')
  selection.set(['c', 'd', 'e'])
  announcer.now('3 notes pasted')
  t.mock.timers.tick(500)
  assert.equal(host.textContent, '3 notes pasted')
})
