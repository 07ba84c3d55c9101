import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type OpenPage, World } from '../testing/page.ts'

async function two(): Promise<{ world: World; ana: OpenPage; ben: OpenPage; note: string; settle: () => Promise<void> }> {
  const world = new World()
  const [ana, ben] = [await world.open('ana'), await world.open('ben')]
  const note = ben.create('text', { x: 1, y: 1 })
  const settle = async (): Promise<void> => {
    await ana.live()
    await ben.live()
    await world.clock.run(300)
  }
  await settle()
  return { world, ana, ben, note, settle }
}

test('moves undo one by one and redo again', async () => {
  const { ana, note, settle } = await two()
  for (const x of [10, 20, 30]) {
    ana.client.submit({ kind: 'note.set', note, set: { x } })
    await settle()
  }
  const seen: number[] = []
  const step = async (what: 'undo' | 'redo'): Promise<void> => {
    ana.client[what]()
    seen.push(ana.note(note)?.x ?? NaN)
    await settle()
  }
  for (const what of ['undo', 'undo', 'redo', 'undo', 'undo', 'redo', 'redo', 'redo'] as const) await step(what)
  assert.deepEqual(seen, [20, 10, 20, 10, 1, 10, 20, 30])
  assert.deepEqual([ana.client.canUndo, ana.client.canRedo], [true, false])
  assert.deepEqual(ana.rejected, [])
})

test('undone while still on its way, even several at once', async () => {
  const { world, ana, note, settle } = await two()
  ana.client.submit({ kind: 'note.set', note, set: { x: 10 } })
  ana.client.submit({ kind: 'note.set', note, set: { color: 'teal' } }, { fold: false })
  await world.clock.run(5)
  ana.client.undo()
  ana.client.undo()
  assert.deepEqual([ana.note(note)?.x, ana.note(note)?.color], [1, 'yellow'])
  await settle()
  assert.deepEqual([world.server.doc.note(note)?.x, world.server.doc.note(note)?.color], [1, 'yellow'])
  ana.client.redo()
  await settle()
  assert.equal(world.server.doc.note(note)?.x, 10)
})

test("a drag's moves are one step", async () => {
  const { world, ana, note, settle } = await two()
  for (let x = 10; x <= 300; x += 10) {
    ana.client.submit({ kind: 'note.set', note, set: { x } }, { undo: x === 10 ? 'step' : 'join' })
    await world.clock.run(16)
  }
  await settle()
  assert.ok(world.server.log.length < 20, `${world.server.log.length} events for 30 moves`)
  ana.client.undo()
  await settle()
  assert.equal(world.server.doc.note(note)?.x, 1)
  assert.equal(ana.client.canUndo, false)
})

test("somebody else's later work is never undone, and the person is told", async () => {
  const { world, ana, ben, note, settle } = await two()
  ana.client.submit({ kind: 'note.set', note, set: { x: 10, y: 10 } })
  await settle()
  ben.client.submit({ kind: 'note.set', note, set: { x: 99 } })
  await settle()
  ana.client.undo()
  await settle()
  assert.deepEqual([world.server.doc.note(note)?.x, world.server.doc.note(note)?.y], [99, 1], 'what nobody else changed goes back')
  ana.client.submit({ kind: 'note.set', note, set: { color: 'pink' } })
  await settle()
  ben.client.submit({ kind: 'note.set', note, set: { color: 'teal' } })
  await settle()
  ana.client.undo()
  assert.deepEqual(ana.rejected.map((r) => r.code), ['superseded'])
  assert.equal(ana.note(note)?.color, 'teal')
  assert.equal(ana.state.kind, 'live', 'nothing was sent')
})

test('a guarded undo that loses the race at the server changes nothing', async () => {
  const { world, ana, ben, note, settle } = await two()
  ana.client.submit({ kind: 'note.set', note, set: { x: 10 } })
  await settle()
  world.network.weather.jitter = 0
  ben.client.submit({ kind: 'note.set', note, set: { x: 99 } })
  await world.clock.run(1)
  ana.client.undo()
  assert.equal(ana.note(note)?.x, 1, 'shown until known better')
  await settle()
  assert.equal(world.server.doc.note(note)?.x, 99)
  assert.equal(ana.client.hash(), world.server.doc.hash())
  assert.deepEqual(ana.rejected.map((r) => r.code), ['superseded'])
})

test('undoing a creation deletes the note, redoing brings it back as it was', async () => {
  const { world, ana, settle } = await two()
  const id = ana.create('hello')
  await settle()
  ana.client.submit({ kind: 'note.set', note: id, set: { x: 5 } })
  await settle()
  ana.client.undo()
  ana.client.undo()
  await settle()
  assert.equal(ana.note(id), undefined)
  assert.ok(world.server.doc.note(id)?.deleted)
  ana.client.redo()
  ana.client.redo()
  await settle()
  assert.deepEqual([world.server.doc.note(id)?.text, world.server.doc.note(id)?.x], ['hello', 5])
})

test('a creation that somebody else has worked on is not undone', async () => {
  const { world, ana, ben, settle } = await two()
  const id = ana.create('mine')
  await settle()
  ben.client.text(id, [4, ' and yours'])
  await settle()
  ana.client.undo()
  await settle()
  assert.equal(world.server.doc.note(id)?.text, 'mine and yours')
  assert.deepEqual(ana.rejected.map((r) => r.code), ['superseded'])
})

test('undoing a deletion restores the note', async () => {
  const { world, ana, note, settle } = await two()
  ana.client.submit({ kind: 'note.delete', note })
  await settle()
  ana.client.undo()
  assert.equal(ana.text(note), 'text')
  await settle()
  assert.equal(world.server.doc.note(note)?.deleted, undefined)
  ana.client.redo()
  await settle()
  assert.equal(ana.note(note), undefined)
})

test('undoing typing takes back own characters only, wherever they are by then', async () => {
  const { world, ana, ben, note, settle } = await two()
  ana.client.text(note, [4, ' of mine'])
  await settle()
  ben.client.text(note, ['>> '])
  ben.client.text(note, [7 + 3, '(!)'])
  await settle()
  assert.equal(ana.text(note), '>> text of(!) mine')
  ana.client.undo()
  await settle()
  assert.equal(world.server.doc.note(note)?.text, '>> text(!)')
  ana.client.redo()
  await settle()
  assert.equal(world.server.doc.note(note)?.text?.replace('(!)', ''), '>> text of mine')
  assert.equal(ana.client.hash(), ben.client.hash())
})

test('typing without a rest is one step, a rest begins another', async () => {
  const { world, ana, note, settle } = await two()
  for (const [i, c] of [...' abc'].entries()) {
    ana.client.text(note, [4 + i, c])
    await world.clock.run(200)
  }
  await world.clock.run(1_500)
  ana.client.text(note, [8, '!'])
  await settle()
  ana.client.undo()
  assert.equal(ana.text(note), 'text abc')
  ana.client.undo()
  assert.equal(ana.text(note), 'text')
  assert.ok(ana.changes.filter((c) => c.remoteText.length > 0).length >= 2, 'the caret is told of undone text')
  await settle()
  assert.equal(world.server.doc.note(note)?.text, 'text')
})

test("a group's deletion comes back in one step, without what others have brought back", async () => {
  const { world, ana, ben, note, settle } = await two()
  const other = ben.create('other')
  await settle()
  ana.client.submit({ kind: 'batch', ops: [note, other].map((id) => ({ kind: 'note.delete', note: id })) })
  await settle()
  ben.client.submit({ kind: 'note.restore', note: other })
  await settle()
  ana.client.undo()
  await settle()
  assert.deepEqual([note, other].map((id) => world.server.doc.note(id)?.deleted), [undefined, undefined])
  assert.deepEqual(ana.rejected.map((r) => r.code), ['superseded'], 'a part of it')
})

test('a new edit ends what could be redone; an edit outside the history does not', async () => {
  const { ana, note, settle } = await two()
  ana.client.submit({ kind: 'note.set', note, set: { x: 10 } })
  await settle()
  ana.client.undo()
  ana.client.submit({ kind: 'note.set', note, set: { z: 'a5' } }, { undo: 'none' })
  assert.equal(ana.client.canRedo, true)
  ana.client.submit({ kind: 'note.set', note, set: { color: 'sky' } })
  assert.equal(ana.client.canRedo, false)
})

test("the board's name undoes, unless somebody has renamed it since", async () => {
  const { world, ana, ben, settle } = await two()
  ana.client.submit({ kind: 'board.set', set: { name: 'Plan' } })
  await settle()
  ana.client.undo()
  await settle()
  assert.equal(world.server.doc.board.name, 'Test')
  ana.client.redo()
  await settle()
  ben.client.submit({ kind: 'board.set', set: { name: 'Ben was here' } })
  await settle()
  ana.client.undo()
  await settle()
  assert.equal(world.server.doc.board.name, 'Ben was here')
})

test('an erasing that was refused is not taken back: its words stand there still, once (I9)', async () => {
  const { world, ana, note, settle } = await two()
  ana.client.text(note, [4, ' more'])
  await settle()
  for (const session of world.server.sessions) session.role = 'viewer'
  ana.client.text(note, [2, -2])
  await world.clock.until('refused', () => ana.rejected.length > 0)
  for (const session of world.server.sessions) session.role = 'editor'
  assert.equal(ana.text(note), 'text more')
  ana.client.undo()
  assert.equal(ana.text(note), 'text more')
})
