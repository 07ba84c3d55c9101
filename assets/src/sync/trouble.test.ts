import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ServerMessage } from '../protocol.ts'
import { MemoryBrowser } from '../testing/memory.ts'
import { OpenPage, World } from '../testing/page.ts'
import { type Identity, NoStore, TableStore, type WorkStore } from './store.ts'

/** A page with one note, saved. */
async function page(): Promise<{ world: World; ana: OpenPage; note: string }> {
  const world = new World()
  const ana = await world.open('ana')
  const note = ana.create('')
  await ana.live()
  return { world, ana, note }
}

function tell(world: World, message: ServerMessage): void {
  for (const session of world.server.sessions) session.conn.send(message)
}

test('cut after the commit and before the ack, 200 times: each edit is made once (I3)', async () => {
  const { world, ana, note } = await page()
  let cuts = 0
  world.server.trouble = () => (cuts++ % 2 === 0 ? 'cut after commit' : 'none')
  for (let i = 0; i < 200; i++) {
    ana.client.text(note, i === 0 ? ['.'] : [i, '.'])
    await world.clock.until('saved', () => ana.state.kind === 'live')
  }
  assert.ok(cuts >= 200, `${cuts} frames`)
  assert.equal(world.server.doc.note(note)?.text, '.'.repeat(200))
  assert.equal(world.server.doc.note(note)?.rev, 200)
  assert.equal(ana.client.hash(), world.server.doc.hash())
})

test('an answer of retry sends the same mids again, after a pause', async () => {
  const { world, ana } = await page()
  const frames: { mids: number[]; at: number }[] = []
  world.server.trouble = (ops) => {
    frames.push({ mids: ops.map((op) => op.mid), at: world.clock.now() })
    return frames.length < 3 ? 'retry' : 'none'
  }
  ana.create('x')
  await ana.live()
  assert.deepEqual(frames.map((f) => f.mids), [[2], [2], [2]])
  frames.slice(1).forEach((f, i) => assert.ok(f.at - (frames[i]?.at ?? 0) > 200))
})

test('what holds the saving up is told in words, until it is over', async () => {
  const { world, ana } = await page()
  const reason = 'The server’s disk is full.'
  world.server.trouble = (ops, session) => {
    session.conn.send({ type: 'ack', acks: ops.map(({ mid }) => ({ mid, status: 'retry', code: 'disk_full', reason })) })
    return 'lose'
  }
  const id = ana.create('kept')
  await world.clock.run(1_000)
  assert.deepEqual([ana.state.kind, ana.state.unsaved, ana.state.reason], ['saving', 1, reason])
  world.server.trouble = () => 'none'
  await ana.live()
  assert.equal(ana.state.reason, undefined)
  assert.equal(world.server.doc.note(id)?.text, 'kept')
})

test('a server that cannot let anybody in says why', async () => {
  const { world, ana } = await page()
  const { server } = world
  const accept = server.accept.bind(server)
  server.accept = (conn) => {
    const session = accept(conn)
    session.receive = () => conn.close(1013, 'The server’s disk is full.')
    return session
  }
  world.network.cutAll()
  await world.clock.until('told', () => ana.state.reason !== undefined)
  assert.deepEqual([ana.state.kind, ana.state.reason], ['offline', 'The server’s disk is full.'])
  server.accept = accept
  await ana.live()
})

test('a server that has forgotten the page: what was sent is offered with its words, not done twice (I3)', async () => {
  const { world, ana, note } = await page()
  world.server.trouble = () => 'cut after commit'
  world.network.weather.fromServer = (m) => m.type !== 'welcome' && m.type !== 'events'
  ana.client.text(note, ['once'])
  await world.clock.until('committed', () => world.server.doc.note(note)?.text === 'once')
  world.server.forget()
  world.server.trouble = () => 'none'
  world.network.weather.fromServer = () => true
  world.network.cutAll()
  await ana.live()
  assert.deepEqual(ana.client.shelf.offers.map((o) => [o.code, ...ana.offered]), [['forgotten', 'once']])
  assert.equal(world.server.doc.note(note)?.text, 'once')
  assert.equal(ana.client.hash(), world.server.doc.hash())
})

test('a log that went back without a new epoch: a snapshot, and what is pending is offered (I14)', async () => {
  const { world, ana, note } = await page()
  ana.client.text(note, ['base'])
  await ana.live()
  world.network.weather.down = true
  world.network.cutAll()
  await world.clock.run(2_000)
  ana.client.text(note, [4, ' mine'])
  world.server.restore({ seq: 1, board: { name: 'Restored' }, notes: [] }, world.server.epoch)
  world.network.weather.down = false
  await ana.live()
  assert.deepEqual(ana.client.shelf.offers.map((o) => [o.code, ...ana.offered]), [['epoch', 'base mine']])
  assert.equal(ana.client.hash(), world.server.doc.hash())
})

test('a frame that gets no answer at all is asked about anew', async () => {
  const { world, ana } = await page()
  let frames = 0
  world.server.trouble = () => (frames++ === 0 ? 'lose' : 'none')
  const id = ana.create('x')
  await world.clock.until('saved', () => ana.state.kind === 'live', 20_000)
  assert.equal(frames, 2)
  assert.equal(world.server.doc.note(id)?.text, 'x')
  assert.ok([...world.server.commits.values()].every((n) => n === 1))
})

test('a lost event is noticed by the next one, and by pongs when there is none', async () => {
  const { world, ana, note } = await page()
  world.network.weather.fromServer = (m) => m.type !== 'events'
  world.server.commit({ kind: 'note.set', note, set: { x: 5 } }, 'someone', 1)
  await world.clock.run(200)
  world.network.weather.fromServer = () => true
  world.server.commit({ kind: 'note.set', note, set: { y: 5 } }, 'someone', 2)
  await world.clock.run(1_000)
  assert.equal(ana.client.hash(), world.server.doc.hash(), 'the gap was noticed')
  world.network.weather.fromServer = (m) => m.type !== 'events'
  world.server.commit({ kind: 'note.set', note, set: { x: 6 } }, 'someone', 3)
  await world.clock.run(200)
  world.network.weather.fromServer = () => true
  await world.clock.run(25_000)
  assert.equal(ana.client.hash(), world.server.doc.hash(), 'two pongs were ahead')
})

test('a replica that went wrong is found by a pong, told once and taken anew; what is typed meanwhile stays (I8)', async () => {
  const { world, ana, note } = await page()
  const { divergences } = world.server
  await world.clock.run(30_000)
  assert.equal(divergences.length, 0, 'pongs with the right hash')
  Object.assign(ana.client.confirmed.note(note) ?? {}, { x: 77 })
  const hash = ana.client.confirmed.hash()
  world.server.trouble = () => 'retry'
  ana.client.text(note, ['mine'])
  await world.clock.run(30_000)
  assert.equal(divergences.length, 0, 'nothing is compared while an edit is on its way')
  world.server.trouble = () => 'none'
  await ana.live()
  assert.notEqual(ana.client.confirmed.hash(), world.server.doc.hash())
  await world.clock.run(60_000)
  assert.deepEqual(divergences.map((d) => d.client), [ana.client.clientId])
  assert.notEqual(divergences[0]?.hash, hash)
  assert.equal(ana.client.hash(), world.server.doc.hash())
  assert.equal(ana.client.confirmed.hash(), world.server.doc.hash())
  assert.equal(ana.text(note), 'mine')
  assert.ok(ana.changes.some((c) => c.all))
})

test('events that come twice are taken once', async () => {
  const { world, ana, note } = await page()
  ana.client.text(note, ['abc'])
  await ana.live()
  tell(world, { type: 'events', events: world.server.log })
  await world.clock.run(200)
  assert.equal(ana.client.hash(), world.server.doc.hash())
})

test('resync takes a snapshot, and what is pending goes on', async () => {
  const { world, ana, note } = await page()
  world.server.trouble = () => 'retry'
  ana.client.text(note, ['kept'])
  await world.clock.run(300)
  tell(world, { type: 'resync' })
  world.server.trouble = () => 'none'
  await ana.live()
  assert.equal(world.server.doc.note(note)?.text, 'kept')
  assert.ok(ana.changes.some((c) => c.all))
})

test('drain: away and back within the time, nothing lost, no word of being offline', async () => {
  const { world, ana } = await page()
  const before = [...world.server.sessions]
  ana.states.length = 0
  tell(world, { type: 'drain', within: 2_000 })
  const id = ana.create('during')
  await world.clock.run(2_500)
  assert.ok(before.every((s) => !world.server.sessions.has(s)), 'another socket')
  assert.equal(world.server.doc.note(id)?.text, 'during')
  assert.ok(ana.states.every((s) => s.kind === 'live' || s.kind === 'saving' || s.brief), JSON.stringify(ana.states))
  assert.equal(ana.state.kind, 'live')
})

test('a connection that is lost and soon back is not worth a word; one that stays away is', async () => {
  const { world, ana } = await page()
  ana.states.length = 0
  world.network.cutAll()
  await world.clock.run(1_000)
  assert.ok(ana.states.every((s) => s.kind === 'live' || s.brief), JSON.stringify(ana.states))
  world.network.weather.down = true
  world.network.cutAll()
  await world.clock.until('offline', () => ana.state.kind === 'offline' && !ana.state.brief, 3_000)
})

test('the same client id elsewhere: what is pending goes on under a fresh one, once (I3)', async () => {
  const { world, ana, note } = await page()
  const before = ana.client.clientId
  let frames = 0
  world.server.trouble = () => (frames++ === 0 ? 'retry after commit' : 'retry')
  ana.client.text(note, ['once'])
  await world.clock.until('landed', () => world.server.doc.note(note)?.text === 'once')
  ana.client.text(note, [4, ' more'])
  await world.clock.run(500)
  world.server.trouble = () => 'none'
  for (const session of world.server.sessions) session.conn.close(4100)
  await ana.live()
  await world.clock.until('named anew', () => ana.client.clientId !== before)
  await ana.live()
  assert.equal(world.server.doc.note(note)?.text, 'once more')
  assert.equal(ana.client.hash(), world.server.doc.hash())
  await world.clock.run(1_000)
  assert.equal(ana.browser.left('board').length, 0)
})

test('two pages that know each other’s client id as their own both go on', async () => {
  const world = new World(3)
  const copied = (store: WorkStore): WorkStore => {
    const { create } = TableStore.prototype
    let isFirst = true
    const same = async (board: string): Promise<Identity> => {
      const identity = await create.call(store as TableStore, board)
      const client = isFirst ? 'the-same-client' : identity.client
      isFirst = false
      return { ...identity, client }
    }
    return Object.assign(store, { create: same, owns: () => Promise.resolve(true) })
  }
  const [ana, copy] = [new OpenPage(world, new MemoryBrowser('ana'), copied), new OpenPage(world, new MemoryBrowser('copy'), copied)]
  await world.clock.run(5_000)
  const ids = [ana.create('from the first'), copy.create('from the second')]
  await world.clock.until('both', () => ids.every((id) => world.server.doc.note(id)))
  await world.clock.run(5_000)
  assert.notEqual(ana.client.clientId, copy.client.clientId)
  assert.deepEqual([ana.state.kind, copy.state.kind], ['live', 'live'])
})

test('a page whose work another one has taken on ends, and says so', async () => {
  const world = new World()
  const ana = new OpenPage(world, new MemoryBrowser('ana'), (store) => Object.assign(store, { owns: () => Promise.resolve(false) }))
  await ana.live()
  for (const session of world.server.sessions) session.conn.close(4100)
  await world.clock.run(60_000)
  assert.equal(ana.state.kind, 'denied')
  assert.equal(ana.state.reason, 'replaced')
})

test('a page that slept while another one took its work on makes no edit a second time (I3)', async () => {
  const world = new World()
  let owns = true
  const ana = new OpenPage(world, new MemoryBrowser('ana'), (store) => Object.assign(store, { owns: () => Promise.resolve(owns) }))
  await ana.live()
  owns = false
  const { seq } = world.server.doc
  ana.create('made again')
  await world.clock.run(60_000)
  assert.deepEqual([world.server.doc.seq, ana.state.kind, ana.state.unsaved], [seq, 'denied', 1])
  assert.equal(ana.state.reason, 'replaced')
})

test('work that was left behind by who may only look now is not called on its way', async () => {
  const { world, ana, note } = await page()
  world.network.weather.down = true
  world.network.cutAll()
  ana.client.text(note, ['mine'])
  await world.clock.run(200)
  world.server.role = 'viewer'
  world.network.weather.down = false
  const again = ana.reload()
  await world.clock.until('told', () => again.state.kind === 'denied')
  assert.equal(again.state.unsaved, 1)
  assert.equal(again.state.reason, 'demoted')
  world.server.role = 'editor'
  tell(world, { type: 'perm', role: 'editor' })
  for (const session of world.server.sessions) session.role = 'editor'
  await again.live()
  assert.equal(world.server.doc.note(note)?.text, 'mine')
})

test('a role below editor: pending is kept, new edits are refused with their words, and it goes on when the role is back', async () => {
  const { world, ana, note } = await page()
  world.server.trouble = () => 'retry'
  ana.client.text(note, ['mine'])
  await world.clock.run(200)
  tell(world, { type: 'perm', role: 'viewer' })
  await world.clock.run(100)
  assert.deepEqual([ana.state.kind, ana.state.unsaved, ana.client.role], ['denied', 1, 'viewer'])
  assert.equal(ana.state.reason, 'demoted')
  ana.client.text(note, [4, '!'])
  ana.client.undo()
  assert.deepEqual(ana.rejected.map((r) => [r.code, r.text]), [['forbidden', 'mine!']])
  assert.equal(ana.text(note), 'mine')
  world.server.trouble = () => 'none'
  tell(world, { type: 'perm', role: 'editor' })
  await ana.live()
  assert.equal(world.server.doc.note(note)?.text, 'mine')
})

test('a new note is refused: what was typed into it meanwhile comes back with it (I12)', async () => {
  const { world, ana } = await page()
  for (const session of world.server.sessions) session.role = 'viewer'
  const id = ana.create()
  world.server.trouble = () => {
    ana.client.text(id, ['typed on its way'])
    return 'none'
  }
  await world.clock.until('refused', () => ana.rejected.length > 0)
  assert.deepEqual(ana.rejected.map((r) => [r.code, r.text]), [['forbidden', 'typed on its way']])
  assert.deepEqual(ana.offered, ['typed on its way'])
  assert.equal(ana.client.view.note(id), undefined)
})

for (const [code, kind, reason] of [[4101, 'denied', 'denied'], [4102, 'gone', 'gone'], [4103, 'gone', 'trashed'], [4104, 'outdated', 'outdated'], [4105, 'outdated', 'refused'], [4106, 'denied', 'full']] as const) {
  test(`closed with ${code}: ${kind}, with a reason, and no coming back`, async () => {
    const { world, ana } = await page()
    for (const session of world.server.sessions) session.conn.close(code)
    await world.clock.run(120_000)
    assert.equal(ana.state.kind, kind)
    assert.equal(ana.state.reason, reason)
    assert.equal(ana.client.role, 'viewer', 'nobody writes on for nobody')
    assert.equal(world.server.sessions.size, 0)
  })
}

test('where nothing is kept, what waits when the page is left goes at once, beside what is in flight', async () => {
  const world = new World()
  const page = new OpenPage(world, new MemoryBrowser('ana'), () => new NoStore(() => 'client-of-ana'))
  await page.live()
  const [first, second] = [page.create('first'), page.create('second')]
  await page.live()
  page.client.submit({ kind: 'note.set', note: first, set: { x: 7 } })
  await world.clock.run(1) // it is on its way, and not answered
  page.client.text(second, [6, ' and last'])
  page.signal('pagehide')
  await world.clock.run(60) // what has left arrives; what waits for answers does not leave
  page.crash()
  assert.deepEqual([world.server.doc.note(first)?.x, world.server.doc.note(second)?.text], [7, 'second and last'])
})
