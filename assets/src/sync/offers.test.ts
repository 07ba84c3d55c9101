import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Note } from '../notes/note.ts'
import { MemoryBrowser } from '../testing/memory.ts'
import { OpenPage, World } from '../testing/page.ts'
import { putBack } from './put-back.ts'

/** Ana is offline with two notes, 'one' and 'two', both saved. */
async function offline(): Promise<{ world: World; ana: OpenPage; one: string; two: string }> {
  const world = new World()
  const ana = await world.open('ana')
  const [one, two] = [ana.create('one', { x: 10 }), ana.create('two', { color: 'teal' })]
  await ana.live()
  world.network.weather.down = true
  world.network.cutAll()
  await world.clock.until('offline', () => ana.state.kind === 'offline')
  return { world, ana, one, two }
}

function textsOn(world: World): string[] {
  return world.server.doc.live().map((n) => n.text).sort()
}

function first(page: OpenPage): string {
  return page.client.shelf.offers[0]?.id ?? assert.fail('nothing is offered')
}

test('a restored backup: pending edits are one offer, not done again; nothing of the old life can be undone (I14)', async () => {
  const { world, ana, one, two } = await offline()
  ana.client.text(one, [3, ' mine'])
  ana.client.submit({ kind: 'note.set', note: two, set: { x: 9 } })
  world.server.restore({ seq: 1, board: { name: 'Restored' }, notes: world.server.snapshot().notes.slice(0, 1) })
  world.network.weather.down = false
  await ana.live()
  assert.deepEqual([ana.offered, ana.client.shelf.offers[0]?.code], [['one mine'], 'epoch'])
  assert.equal(ana.client.hash(), world.server.doc.hash())
  assert.equal(ana.client.canUndo, false)
})

test('kept: edits go into the notes that are there, merged, and what is gone is made anew', async () => {
  const { world, ana, one, two } = await offline()
  const backup = world.server.snapshot().notes.filter((n) => n.id === one).map((n) => ({ ...n, text: 'the one' }))
  ana.client.text(one, [3, ' mine'])
  ana.client.submit({ kind: 'note.set', note: one, set: { x: 77 } })
  ana.client.text(two, [3, ' too'])
  const three = ana.create('three', { color: 'pink' })
  ana.client.submit({ kind: 'board.set', set: { name: 'Mine' } })
  world.server.restore({ seq: 1, board: { name: 'Restored' }, notes: backup })
  world.network.weather.down = false
  await ana.live()
  ana.client.shelf.accept(first(ana), putBack)
  await ana.live()
  assert.deepEqual(textsOn(world), ['the one mine', 'three', 'two too'])
  assert.equal(world.server.doc.note(one)?.x, 77)
  assert.equal(world.server.doc.live().find((n) => n.text === 'two too')?.color, 'teal')
  assert.equal(world.server.doc.note(three), undefined, 'its old id may be taken on the server')
  assert.equal(world.server.doc.board.name, 'Mine')
  assert.deepEqual(ana.offered, [])
  ana.client.undo()
  await ana.live()
  assert.deepEqual(textsOn(world), ['the one'], 'one step takes it back')
})

test('kept twice over: words that had landed before the backup are not written again', async () => {
  const { world, ana, one } = await offline()
  ana.client.text(one, [3, ' mine'])
  const backup = world.server.snapshot().notes.map((n) => (n.id === one ? { ...n, text: 'one mine' } : n))
  world.server.restore({ seq: 3, board: { name: 'Restored' }, notes: backup })
  world.network.weather.down = false
  await ana.live()
  ana.client.shelf.accept(first(ana), putBack)
  await ana.live()
  assert.equal(world.server.doc.note(one)?.text, 'one mine')
})

test('an offer outlives reloads until the person has chosen, and then is gone', async () => {
  const { world, ana, one } = await offline()
  ana.client.text(one, [3, ' mine'])
  world.server.restore({ seq: 0, board: { name: '' }, notes: [] })
  world.network.weather.down = false
  await ana.live()
  await world.clock.run(10)
  const second = ana.reload()
  await second.live()
  assert.deepEqual(second.offered, ['one mine'])
  const bringBack = second.client.shelf.discard(first(second))
  assert.deepEqual(second.offered, [])
  bringBack()
  await world.clock.run(10)
  const third = second.reload()
  await third.live()
  assert.deepEqual(third.offered, ['one mine'])
  third.client.shelf.discard(first(third))
  await world.clock.run(10)
  const fourth = third.reload()
  await fourth.live()
  assert.deepEqual(fourth.offered, [])
  assert.equal(fourth.browser.left('board').length, 0)
})

test('offers of a page that is closed go to the next one, also to one that is open already', async () => {
  const { world, ana, one } = await offline()
  ana.client.text(one, [3, ' mine'])
  world.server.restore({ seq: 0, board: { name: '' }, notes: [] })
  world.network.weather.down = false
  await ana.live()
  const other = new OpenPage(world, ana.browser)
  await other.live()
  assert.deepEqual(other.offered, [])
  ana.crash()
  await world.clock.run(30_000)
  assert.deepEqual(other.offered, ['one mine'])
})

test('a server that has less than it once confirmed was restored too, whatever its epoch', async () => {
  const { world, ana, one } = await offline()
  ana.client.text(one, [3, ' mine'])
  world.server.restore({ seq: 1, board: { name: 'Restored' }, notes: [] })
  world.server.epoch = world.server.doc.epoch = 1
  world.network.weather.down = false
  await ana.live()
  assert.deepEqual(ana.offered, ['one mine'])
  assert.equal(ana.client.seq, 1)
})

test('words on a note that somebody deleted are offered, and put back as a note like it (C3)', async () => {
  const { world, ana, two } = await offline()
  ana.client.text(two, [3, ' and more'])
  world.server.commit({ kind: 'note.delete', note: two }, 'someone', 1)
  world.network.weather.down = false
  await ana.live()
  assert.deepEqual(ana.offered, ['two and more'])
  ana.client.shelf.accept(first(ana), putBack)
  await ana.live()
  assert.deepEqual(textsOn(world), ['one', 'two and more'])
  assert.equal(world.server.doc.live().find((n) => n.text === 'two and more')?.color, 'teal')
})

test('words are offered no more when their note is back with them; they stay while one of them is missing', async () => {
  const world = new World()
  const ana = await world.open('ana')
  const [whole, half] = [ana.create('all of it'), ana.create('half')]
  await ana.live()
  for (const note of [whole, half]) world.server.commit({ kind: 'note.delete', note }, 'someone', 1)
  await world.clock.until('gone', () => !ana.note(whole) && !ana.note(half))
  const gone = (id: string): Note => ana.client.view.note(id) ?? assert.fail()
  ana.client.shelf.addWords('all of it', gone(whole))
  ana.client.shelf.addWords('half and half', gone(half))
  for (const note of [whole, half]) world.server.commit({ kind: 'note.restore', note }, 'someone', 2)
  await world.clock.until('back', () => Boolean(ana.note(whole) && ana.note(half)))
  assert.deepEqual(ana.offered, ['half and half'])
})

test('the same words are offered once; fewer words never take the place of more', async () => {
  const { world, ana, two } = await offline()
  const note = ana.note(two) ?? assert.fail()
  const { shelf } = ana.client
  shelf.addWords('two and', note)
  shelf.addWords('two and more', note)
  assert.deepEqual(ana.offered, ['two and more'])
  shelf.addWords('something else', note)
  assert.deepEqual(ana.offered, ['two and more', 'something else'])
  await world.clock.run(10)
})

test('who may only look cannot put back, and loses nothing by trying', async () => {
  const { world, ana, one } = await offline()
  ana.client.text(one, [3, ' mine'])
  world.server.restore({ seq: 0, board: { name: '' }, notes: [] })
  world.server.role = 'viewer'
  world.network.weather.down = false
  await world.clock.until('offered', () => ana.offered.length > 0)
  ana.client.shelf.accept(first(ana), putBack)
  assert.deepEqual(ana.offered, ['one mine'])
})

test('a store that is full is said, tried again, and its words stay in the page', async (t) => {
  const warn = t.mock.method(console, 'warn', () => undefined)
  const world = new World()
  let isFull = false
  const page = new OpenPage(world, new MemoryBrowser('ana'), (store) => {
    const keep = store.keep.bind(store)
    return Object.assign(store, { keep: (work: never) => (isFull ? Promise.reject(new Error('QuotaExceededError')) : keep(work)) })
  })
  await page.live()
  world.network.weather.down = true
  world.network.cutAll()
  isFull = true
  const note = page.create('kept in this page')
  await world.clock.run(6_000)
  assert.deepEqual([page.state.fragile, page.text(note), warn.mock.callCount()], [true, 'kept in this page', 1])
  isFull = false
  await world.clock.run(6_000)
  assert.equal(page.state.fragile, undefined)
  assert.equal(page.reload().browser.left('board').length, 1)
})

test('a store that cannot be read does not keep anybody from the board', async (t) => {
  t.mock.method(console, 'warn', () => undefined)
  const world = new World()
  const page = new OpenPage(world, new MemoryBrowser('ana'), (store) =>
    Object.assign(store, { adopt: () => Promise.reject(new Error('UnknownError')), keep: () => Promise.reject(new Error('UnknownError')) }))
  await page.live()
  assert.equal(page.state.fragile, true)
  const note = page.create('saved all the same')
  await page.live()
  assert.equal(world.server.doc.note(note)?.text, 'saved all the same')
})

test('words of another note do not stand for words that only look alike (I12)', async () => {
  const world = new World()
  const [ana, ben] = [await world.open('ana'), await world.open('ben')]
  const notes = [ana.create(), ana.create()]
  await ana.live()
  await world.clock.until('seen', () => notes.every((id) => ben.note(id)))
  world.network.weather.down = true
  world.network.cutAll()
  ana.client.text(notes[0] ?? '', ['ok'])
  ana.client.text(notes[1] ?? '', ['look'])
  for (const note of notes) world.server.commit({ kind: 'note.delete', note }, 'someone-else', 1)
  world.network.weather.down = false
  await world.clock.until('refused', () => ana.rejected.length === 2)
  assert.deepEqual(ana.offered, ['ok', 'look'])
})

test('words written into a note before its left-behind deletion was taken up are offered too (I12)', async () => {
  const { world, ana, one } = await offline()
  const backup = world.server.snapshot()
  ana.client.submit({ kind: 'note.delete', note: one })
  await world.clock.run(100)
  world.network.weather.down = false
  world.server.trouble = () => 'retry'
  const again = ana.reload()
  again.client.text(one, [3, ' more'])
  await world.clock.until('taken up', () => !again.note(one))
  world.server.restore({ ...backup, seq: 1 })
  world.server.trouble = () => 'none'
  world.network.cutAll()
  await world.clock.until('offered', () => again.offered.length > 0)
  assert.deepEqual(again.offered, ['one more'])
  again.client.shelf.accept(first(again), putBack)
  await again.live()
  assert.deepEqual(textsOn(world), ['one more', 'two'])
})
