import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NumberedOp } from '../protocol.ts'
import { MemoryBrowser } from '../testing/memory.ts'
import { OpenPage, World } from '../testing/page.ts'

/** A page with one note on a fast, even network, and the frames that reach the server. */
async function page(): Promise<{ world: World; ana: OpenPage; note: string; frames: { at: number; ops: NumberedOp[] }[] }> {
  const world = new World()
  Object.assign(world.network.weather, { latency: 1, jitter: 0 })
  const ana = await world.open('ana')
  const note = ana.create('')
  await ana.live()
  await world.clock.run(100)
  const start = world.clock.now()
  const frames: { at: number; ops: NumberedOp[] }[] = []
  world.server.trouble = (ops) => {
    frames.push({ at: world.clock.now() - start, ops })
    return 'none'
  }
  return { world, ana, note, frames }
}

test('typed text waits for more, but no longer than 150 ms', async () => {
  const { world, ana, note, frames } = await page()
  for (let i = 0; i < 10; i++) {
    ana.client.text(note, i === 0 ? ['x'] : [i, 'x'])
    await world.clock.run(40)
  }
  await ana.live()
  assert.ok(frames.length >= 2 && frames.length <= 4, `${frames.length} frames in 400 ms`)
  assert.ok((frames[0]?.at ?? 999) <= 160)
  assert.equal(world.server.doc.note(note)?.text, 'x'.repeat(10))
})

test('twenty characters do not wait', async () => {
  const { world, ana, note, frames } = await page()
  ana.client.text(note, ['a pasted text of more than twenty'])
  await world.clock.run(20)
  assert.equal(frames.length, 1)
})

test('a drag streams, 20 frames a second at most, and its last move arrives', async () => {
  const { world, ana, note, frames } = await page()
  for (let x = 1; x <= 125; x++) {
    ana.client.submit({ kind: 'note.set', note, set: { x } }, { undo: x === 1 ? 'step' : 'join' })
    await world.clock.run(8)
  }
  await ana.live()
  assert.ok(frames.length > 10 && frames.length <= 21, `${frames.length} frames in a second`)
  assert.ok((frames[0]?.at ?? 999) < 10, 'the first at once')
  assert.equal(world.server.doc.note(note)?.x, 125)
})

test('what is in the hand is kept four times a second at most, and at once when it is put down; the frames do not wait for it', async () => {
  for (const [latency, isOnline] of [[1, true], [60, true], [1, false]] as const) {
    const world = new World()
    Object.assign(world.network.weather, { latency, jitter: 0 })
    const puts: number[] = []
    const ana = new OpenPage(world, new MemoryBrowser('ana', () => puts.push(world.clock.now())))
    await ana.live()
    const note = ana.create('')
    await ana.live()
    await world.clock.run(1_000)
    world.network.weather.down = !isOnline
    if (!isOnline) world.network.cutAll()
    puts.length = 0
    let x = 0
    const move = async (): Promise<void> => {
      ana.client.submit({ kind: 'note.set', note, set: { x: ++x } }, { undo: x === 1 ? 'step' : 'join', inHand: true })
      await world.clock.run(50)
    }
    while (x < 20) await move()
    assert.ok(puts.length <= 5, `${puts.length} writes in a second, ${latency} ms away, online: ${isOnline}`)
    const kept = (): number | undefined => {
      const sets = ana.browser.read('board', ana.client.clientId)?.entries.flatMap(({ op }) => (op.kind === 'note.set' ? [op.set.x] : []))
      return sets?.at(-1) ?? undefined
    }
    if (!isOnline) assert.ok((kept() ?? 0) >= 15, `no more than a quarter of a second behind: ${kept()}`)
    await move()
    ana.client.putDown()
    await world.clock.run(6)
    if (!isOnline) assert.equal(kept(), x, 'put down')
    world.network.weather.down = false
    const next = ana.afterCrash()
    await next.live()
    assert.equal(world.server.doc.note(note)?.x, x, 'nothing of what was put down is lost')
    assert.ok([...world.server.commits.values()].every((n) => n === 1), 'and nothing is done twice')
  }
})

test('a page that crashes with a note in the hand is a quarter of a second behind at most, and what had landed is not done again', async () => {
  for (let stop = 1; stop < 60; stop++) {
    const world = new World(stop)
    const [ana, ben] = [await world.open('ana'), await world.open('ben')]
    const note = ana.create('')
    await world.clock.until('there', () => ben.note(note) !== undefined)
    for (let x = 1; x <= stop; x++) {
      ana.client.submit({ kind: 'note.set', note, set: { x } }, { undo: x === 1 ? 'step' : 'join', inHand: true })
      if (x % 7 === 0) ana.signal('hidden') // which keeps what waits
      await world.clock.run(17)
    }
    ana.crash()
    await world.clock.run(200)
    ben.client.submit({ kind: 'note.set', note, set: { x: -1 } })
    await ben.live()
    await new OpenPage(world, ana.browser).live()
    const places = world.server.log.flatMap((e) => (e.kind === 'note.set' ? [e.effect.set.x ?? 0] : []))
    assert.ok(Math.max(...places) >= stop - 16, `${places.join()}: it was at ${stop}`)
    assert.equal(new Set(places).size, places.length, `${places.join()}: a move was made again`)
  }
})

test('one frame is in flight', async () => {
  const { world, ana, frames } = await page()
  world.network.weather.latency = 500
  for (let i = 0; i < 5; i++) {
    ana.create(`note ${i}`)
    await world.clock.run(50)
  }
  await ana.live()
  assert.deepEqual(frames.map((f) => f.ops.length), [1, 4])
  assert.deepEqual(frames.flatMap((f) => f.ops.map((op) => op.mid)), [2, 3, 4, 5, 6])
})

test('setting what is so already does nothing', async () => {
  const { world, ana, note } = await page()
  const seq = world.server.doc.seq
  ana.client.undo()
  await ana.live()
  ana.client.redo()
  await ana.live()
  ana.client.submit({ kind: 'note.set', note, set: { x: 0.001, color: 'yellow' } })
  ana.client.submit({ kind: 'board.set', set: { name: 'Test' } })
  await world.clock.run(500)
  assert.equal(world.server.doc.seq, seq + 2)
})

test('an edit that would pass the limit beside another person comes back with its words, and what follows stays', async () => {
  const { world, ana, note } = await page()
  ana.client.text(note, ['a'.repeat(9_990)])
  await ana.live()
  world.network.weather.latency = 100
  ana.client.text(note, [9_990, 'c'.repeat(5)])
  await world.clock.run(160)
  ana.client.text(note, [9_995, 'd'])
  world.server.commit({ kind: 'note.text', note, rev: 1, delta: ['b'.repeat(8)] }, 'someone', 1)
  await ana.live()
  await world.clock.run(500)
  assert.deepEqual(ana.rejected.map((r) => r.code), ['too_long'])
  assert.ok(ana.rejected[0]?.text?.includes('ccccc'))
  assert.equal(world.server.doc.note(note)?.text, 'b'.repeat(8) + 'a'.repeat(9_990) + 'd')
  assert.equal(ana.client.hash(), world.server.doc.hash())
})

test('a creation that is refused takes along what was made of it, and its words are told', async () => {
  const { world, ana, note } = await page()
  const id = world.newId()
  world.server.commit({ kind: 'note.create', note: id, x: 1, y: 1, w: 200, h: 200, color: 'sky', z: 'a0', text: 'theirs' }, 'someone', 1)
  world.network.weather.latency = 100
  ana.client.submit({ kind: 'note.create', note: id, x: 0, y: 0, w: 200, h: 200, color: 'yellow', z: 'a0', text: 'mine' })
  await world.clock.run(10)
  ana.client.text(id, [4, ' too'])
  ana.client.submit({ kind: 'note.set', note: id, set: { x: 5 } })
  await world.clock.run(2_000)
  assert.deepEqual(ana.rejected.map((r) => [r.code, r.text]), [['exists', 'mine too']])
  assert.deepEqual([ana.text(id), ana.note(id)?.x, ana.text(note)], ['theirs', 1, ''])
  assert.equal(ana.client.hash(), world.server.doc.hash())
})

test('the view tells what changed, once, and what only looks the same is no change', async () => {
  const { world, ana, note } = await page()
  ana.changes.length = 0
  ana.client.submit({ kind: 'note.set', note, set: { x: 5 } })
  await ana.live()
  assert.deepEqual(ana.changes.map((c) => [[...c.notes], [...c.removed], c.all]), [[[note], [], false]])
  ana.changes.length = 0
  ana.client.submit({ kind: 'note.delete', note })
  ana.client.submit({ kind: 'board.set', set: { name: 'New' } })
  await ana.live()
  await world.clock.run(200)
  assert.deepEqual(ana.changes.map((c) => [[...c.removed], c.board]), [[[note], false], [[], true]])
})

test('a listener that fails does not keep others from hearing', async (t) => {
  const { ana, note } = await page()
  const error = t.mock.method(console, 'error', () => undefined)
  let heard = 0
  ana.client.onChange(() => assert.fail('a fault of the page'))
  const end = ana.client.onChange(() => heard++)
  ana.client.submit({ kind: 'note.set', note, set: { x: 5 } })
  end()
  ana.client.submit({ kind: 'note.set', note, set: { x: 6 } })
  assert.deepEqual([heard, error.mock.callCount()], [1, 2])
  await ana.live()
})
