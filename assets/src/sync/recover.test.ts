import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MemoryBrowser } from '../testing/memory.ts'
import { OpenPage, World } from '../testing/page.ts'

/** A page that has gone offline. */
async function offline(name: string): Promise<{ world: World; page: OpenPage; note: string }> {
  const world = new World()
  const page = await world.open(name)
  const note = page.create('base')
  await page.live()
  world.network.weather.down = true
  world.network.cutAll()
  await world.clock.until('offline', () => page.state.kind === 'offline')
  return { world, page, note }
}

test('a reload with unsaved edits loses nothing: they arrive when the server is back', async () => {
  const { world, page, note } = await offline('ana')
  page.client.text(note, [4, ' more'])
  page.client.submit({ kind: 'note.set', note, set: { x: 42 } })
  const made = page.create('made offline')
  await world.clock.run(10)
  const again = page.reload()
  await world.clock.run(5_000)
  assert.equal(again.state.unsaved, 3)
  world.network.weather.down = false
  await again.live()
  assert.deepEqual([world.server.doc.note(note)?.text, world.server.doc.note(note)?.x], ['base more', 42])
  assert.equal(world.server.doc.note(made)?.text, 'made offline')
  assert.equal(again.client.hash(), world.server.doc.hash())
  await world.clock.run(1_000)
  assert.equal(again.browser.left('board').length, 0, 'nothing stays behind')
})

test('edits that had landed before a reload are not made again (I3)', async () => {
  const world = new World()
  const page = await world.open('ana')
  const note = page.create('ab')
  await page.live()
  world.server.trouble = () => {
    world.network.weather.down = true
    return 'cut after commit'
  }
  page.client.text(note, [1, 'X'])
  await world.clock.until('committed', () => world.server.doc.note(note)?.text === 'aXb')
  page.client.text(note, [3, '!'])
  await world.clock.run(10)
  world.server.trouble = () => 'none'
  const again = page.reload()
  world.network.weather.down = false
  await again.live()
  assert.equal(world.server.doc.note(note)?.text, 'aXb!')
})

test('text that others changed meanwhile is merged into (I9)', async () => {
  const { world, page, note } = await offline('ana')
  page.client.text(note, [4, ' end'])
  await world.clock.run(10)
  page.crash()
  world.server.commit({ kind: 'note.text', note, rev: 0, delta: ['begin '] }, 'someone', 1)
  world.server.logFloor = world.server.doc.seq
  world.network.weather.down = false
  const again = new OpenPage(world, page.browser)
  await again.live()
  assert.equal(world.server.doc.note(note)?.text, 'begin base end')
})

test('text on a note that is gone comes back as words (I12)', async () => {
  const { world, page, note } = await offline('ana')
  page.client.text(note, [4, ' and mine'])
  await world.clock.run(10)
  page.crash()
  world.server.commit({ kind: 'note.delete', note }, 'someone', 1)
  world.network.weather.down = false
  const again = new OpenPage(world, page.browser)
  await again.live()
  assert.deepEqual(again.rejected.map((r) => [r.code, r.text]), [['deleted', 'base and mine']])
})

test('edits made before the welcome come after those left behind', async () => {
  const { world, page, note } = await offline('ana')
  page.client.text(note, [4, ' old'])
  page.client.submit({ kind: 'note.set', note, set: { x: 1, y: 1 } })
  await world.clock.run(10)
  const again = page.reload()
  await world.clock.run(100)
  again.client.text(note, ['new '])
  again.client.submit({ kind: 'note.set', note, set: { x: 2 } })
  await world.clock.run(100)
  const third = again.reload()
  world.network.weather.down = false
  await third.live()
  const { text, x, y } = world.server.doc.note(note) ?? {}
  assert.deepEqual([text, x, y], ['new base old', 2, 1])
})

test('two pages that crashed are both taken up, and a page that lives is left alone', async () => {
  const world = new World()
  const browser = new MemoryBrowser('ana')
  const pages = [new OpenPage(world, browser), new OpenPage(world, browser), new OpenPage(world, browser)]
  for (const page of pages) await page.live()
  world.network.weather.down = true
  world.network.cutAll()
  await world.clock.run(500)
  const ids = pages.map((page, i) => page.create(`from ${i}`))
  await world.clock.run(10)
  pages[0]?.crash()
  pages[1]?.crash()
  const next = new OpenPage(world, browser)
  world.network.weather.down = false
  await world.clock.until('all three', () => ids.every((id) => world.server.doc.note(id)))
  await world.clock.run(30_000)
  assert.equal(new Set(world.server.log.map((e) => e.client)).size, 3)
  assert.deepEqual([next, pages[2]].map((p) => [p?.state.kind, p?.client.hash()]), Array(2).fill(['live', world.server.doc.hash()]))
  assert.equal(browser.left('board').length, 0)
})

test('work of another epoch is offered, not done again (I14)', async () => {
  const { world, page, note } = await offline('ana')
  page.client.text(note, [4, ' mine'])
  page.create('new note')
  await world.clock.run(10)
  page.crash()
  world.server.restore(world.server.snapshot())
  world.network.weather.down = false
  const again = new OpenPage(world, page.browser)
  await again.live()
  assert.deepEqual(again.offered, ['base mine', 'new note'])
  assert.equal(world.server.doc.note(note)?.text, 'base')
})

test('before a frame is sent, the mids that it uses are kept', async () => {
  const world = new World()
  const page = await world.open('ana')
  const seen: number[][] = []
  world.server.trouble = (ops) => {
    seen.push(ops.map((op) => op.mid))
    const kept = page.browser.read('board', page.client.clientId)
    assert.deepEqual(kept?.entries.filter((e) => e.mid > 0).map((e) => e.mid), seen.at(-1))
    return 'none'
  }
  const note = page.create('a')
  await world.clock.run(5)
  page.client.text(note, [1, 'b'])
  await page.live()
  assert.deepEqual(seen, [[1], [2]])
})

test('text that is undone on a note that came back from the unknown lands where it belongs (I9)', async () => {
  const { world, page, note } = await offline('ana')
  page.client.text(note, [4, ' mine'])
  page.client.submit({ kind: 'note.delete', note })
  world.server.trouble = () => 'cut after commit'
  world.network.weather.down = false
  await world.clock.until('landed', () => world.server.doc.note(note)?.deleted !== undefined)
  world.server.trouble = () => 'none'
  world.server.logFloor = world.server.doc.seq
  await page.live()
  world.server.commit({ kind: 'note.restore', note }, 'someone', 1)
  world.server.commit({ kind: 'note.text', note, rev: 1, delta: ['> '] }, 'someone', 2)
  world.server.commit({ kind: 'note.delete', note }, 'someone', 3)
  page.client.undo()
  page.client.undo()
  await page.live()
  await world.clock.run(500)
  assert.equal(world.server.doc.note(note)?.text, '> base')
  assert.equal(page.client.hash(), world.server.doc.hash())
  assert.deepEqual(page.drifts, [])
})

test('a new note was refused, and the page reloaded before it knew: what was typed into it comes back with it (I12)', async () => {
  const world = new World()
  const page = await world.open('ana')
  for (const session of world.server.sessions) session.role = 'viewer'
  const note = page.create('made')
  world.server.trouble = () => {
    page.client.text(note, [4, ' and typed'])
    world.network.weather.down = true
    return 'cut after commit'
  }
  await world.clock.until('refused, unheard', () => world.network.weather.down)
  await world.clock.run(10)
  world.server.trouble = () => 'none'
  world.network.weather.down = false
  const again = page.reload()
  await again.live()
  assert.deepEqual(again.offered, ['made and typed'])
  assert.deepEqual(world.server.doc.live(), [])
})
