import assert from 'node:assert/strict'
import { test } from 'node:test'
import { World } from '../testing/page.ts'

test('an edit of one is seen by the other, and both end like the server (I8)', async () => {
  const world = new World()
  const [ana, ben] = [await world.open('ana'), await world.open('ben')]
  const id = ana.create('hello')
  assert.equal(ana.text(id), 'hello', 'shown at once')
  assert.equal(ben.text(id), undefined)
  await ana.live()
  await ben.live()
  await world.clock.until('ben sees it', () => ben.text(id) === 'hello')
  ben.client.submit({ kind: 'note.set', note: id, set: { x: 10.004, color: 'teal' } })
  ana.client.text(id, [5, ' you'])
  await world.clock.run(1_000)
  for (const page of [ana, ben]) {
    assert.equal(page.client.hash(), world.server.doc.hash())
    assert.deepEqual([page.note(id)?.x, page.note(id)?.color, page.text(id)], [10, 'teal', 'hello you'])
    assert.equal(page.state.kind, 'live')
  }
})

test('the state tells what is unsaved, and that all is saved', async () => {
  const world = new World()
  const ana = await world.open('ana')
  assert.deepEqual(ana.states.map((s) => s.kind), ['booting', 'connecting', 'syncing', 'live'])
  ana.states.length = 0
  ana.create()
  await ana.live()
  assert.deepEqual(ana.states.map((s) => [s.kind, s.unsaved]), [['saving', 1], ['live', 0]])
})

test('offline, changes are counted and kept, and arrive when the server is back', async () => {
  const world = new World()
  const ana = await world.open('ana')
  world.network.weather.down = true
  world.network.cutAll()
  await world.clock.until('offline', () => ana.state.kind === 'offline')
  const id = ana.create('written offline')
  ana.create('another')
  await world.clock.run(60_000)
  assert.deepEqual([ana.state.kind, ana.state.unsaved], ['offline', 2])
  world.network.weather.down = false
  await ana.live()
  assert.equal(world.server.doc.note(id)?.text, 'written offline')
  assert.equal(ana.client.hash(), world.server.doc.hash())
})

test('a remote write does not move what has a pending local write (I7)', async () => {
  const world = new World()
  const [ana, ben] = [await world.open('ana'), await world.open('ben')]
  const id = ana.create()
  await world.clock.run(500)
  world.network.weather.jitter = 0
  ben.client.submit({ kind: 'note.set', note: id, set: { x: 500, y: 500 } })
  await world.clock.run(5)
  ana.client.submit({ kind: 'note.set', note: id, set: { x: 7 } })
  const seen = new Set<string>()
  ana.client.onChange(() => seen.add(`${ana.note(id)?.x},${ana.note(id)?.y}`))
  await world.clock.run(1_000)
  assert.deepEqual([...seen], ['7,500'], 'the field that nobody else here wrote moves, the other never')
  assert.equal(ben.note(id)?.x, 7)
})

test('two type in one note at once: nothing is lost, and the caret is told (I9)', async () => {
  const world = new World()
  const [ana, ben] = [await world.open('ana'), await world.open('ben')]
  const id = ana.create('-')
  await world.clock.run(500)
  for (let i = 0; i < 10; i++) {
    ana.client.text(id, [String.fromCharCode(97 + i)])
    ben.client.text(id, [[...(ben.text(id) ?? '')].length, String.fromCharCode(65 + i)])
    await world.clock.run(70)
  }
  await world.clock.run(2_000)
  assert.equal(ana.text(id), ben.text(id))
  assert.equal(ana.client.hash(), world.server.doc.hash())
  assert.equal([...(ana.text(id) ?? '')].sort().join(''), '-ABCDEFGHIJabcdefghij')
  assert.ok(ana.changes.some((c) => c.remoteText.length > 0))
  assert.deepEqual([...ana.drifts, ...ben.drifts], [])
})

test('a delete beats typing, and the typist keeps the words (I12)', async () => {
  const world = new World()
  const [ana, ben] = [await world.open('ana'), await world.open('ben')]
  const id = ana.create('start')
  await world.clock.run(500)
  ben.client.submit({ kind: 'note.delete', note: id })
  ana.client.text(id, [5, ' and more'])
  await world.clock.run(30)
  ana.client.text(id, [14, ', much more'])
  await world.clock.run(1_000)
  assert.equal(ana.note(id), undefined)
  assert.deepEqual(ana.rejected.map((r) => [r.code, r.text]), [['deleted', 'start and more, much more']])
  assert.equal(ana.state.kind, 'live')
})

test('an edit that cannot be made is told at once, with its words', async () => {
  const world = new World()
  const ana = await world.open('ana')
  const id = ana.create('x')
  ana.client.submit({ kind: 'note.set', note: id, set: { w: 1 } })
  ana.client.submit({ kind: 'note.set', note: 'note-none', set: { x: 1 } })
  ana.client.text(id, [1, 'y'.repeat(10_000)])
  assert.deepEqual(ana.rejected.map((r) => r.code), ['invalid', 'not_found', 'too_long'])
  assert.equal(ana.rejected[2]?.text?.length, 10_001)
  assert.equal(ana.text(id), 'x')
})

test('a batch that the server refuses for a note that is gone is done without it', async () => {
  const world = new World()
  const [ana, ben] = [await world.open('ana'), await world.open('ben')]
  const [a, b] = [ana.create(), ana.create()]
  await world.clock.run(500)
  ben.client.submit({ kind: 'note.delete', note: a })
  ana.client.submit({ kind: 'batch', ops: [a, b].map((note) => ({ kind: 'note.set', note, set: { x: 99 } })) })
  await world.clock.run(1_000)
  assert.equal(world.server.doc.note(b)?.x, 99)
  assert.equal(ana.client.hash(), world.server.doc.hash())
  assert.deepEqual(ana.rejected, [])
})

test('a paste that is too large for a frame goes in parts and is one undo', async () => {
  const world = new World()
  const ana = await world.open('ana')
  const ops = Array.from({ length: 400 }, (_, i) => ({
    kind: 'note.create' as const, note: world.newId(), x: i, y: 0, w: 200, h: 200, color: 'yellow', z: 'a0', text: 'text '.repeat(60),
  }))
  ana.client.submit({ kind: 'batch', ops })
  await ana.live()
  assert.equal(world.server.doc.size, 400)
  assert.ok(world.server.log.length > 1)
  ana.client.undo()
  await ana.live()
  assert.equal(world.server.doc.size, 0)
})
