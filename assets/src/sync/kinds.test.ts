import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type OpenPage, World } from '../testing/page.ts'
import { putBack } from './put-back.ts'

async function two(): Promise<{ world: World; ana: OpenPage; ben: OpenPage; note: string; other: string; settle: () => Promise<void> }> {
  const world = new World()
  const [ana, ben] = [await world.open('ana'), await world.open('ben')]
  const [note, other] = [ben.create('text', { x: 1 }), ben.create('other', { x: 2 })]
  const settle = async (): Promise<void> => {
    await ana.live()
    await ben.live()
    await world.clock.run(300)
  }
  await settle()
  return { world, ana, ben, note, other, settle }
}

/** Somebody locks the note before anything that is on its way. */
function lock({ server }: World, note: string): void {
  assert.equal(server.commit({ kind: 'note.set', note, set: { locked: true } }, 'somebody', 1).status, 'ok')
}

test('a lock is a field: it is undone, shown at once, and keeps everything else as it is (C8)', async () => {
  const { ana, ben, note, settle } = await two()
  ana.client.submit({ kind: 'note.set', note, set: { locked: true } })
  await settle()
  assert.equal(ben.note(note)?.locked, true)
  ben.client.submit({ kind: 'note.set', note, set: { x: 9 } })
  ben.client.submit({ kind: 'note.delete', note })
  ben.client.text(note, ['no '])
  assert.deepEqual(ben.rejected.map((r) => [r.code, r.text]), [['locked', undefined], ['locked', undefined], ['locked', 'no text']])
  assert.equal(ben.text(note), 'text')
  ana.client.undo()
  await settle()
  assert.equal(ben.note(note)?.locked, undefined)
  assert.equal(ben.client.hash(), ana.client.hash())
})

test('words typed on a note that was locked meanwhile are offered, all of them at once', async () => {
  const { world, ana, note, settle } = await two()
  ana.client.text(note, [4, ' more'])
  lock(world, note)
  await world.clock.run(20)
  ana.client.text(note, [9, ' and more'])
  await settle()
  assert.deepEqual(ana.rejected.map((r) => r.code), ['locked'])
  assert.deepEqual(ana.offered, ['text more and more'])
  assert.equal(ana.text(note), 'text')
})

test('a group moves without those of it that were locked meanwhile', async () => {
  const { world, ana, ben, note, other, settle } = await two()
  ana.client.submit({ kind: 'batch', ops: [note, other].map((id) => ({ kind: 'note.set' as const, note: id, set: { y: 50 } })) })
  lock(world, note)
  await settle()
  assert.deepEqual([ana.note(note)?.y, ana.note(other)?.y, ben.note(other)?.y], [0, 50, 50])
  assert.deepEqual(ana.rejected, [])
})

test('what few notes have is undone field by field, unless somebody has changed it since (C2)', async () => {
  const { ana, ben, note, settle } = await two()
  ana.client.submit({ kind: 'note.set', note, set: { link: 'https://a.example', group: 'group-01' } })
  await settle()
  ben.client.submit({ kind: 'note.set', note, set: { link: 'https://b.example' } })
  await settle()
  ana.client.undo()
  await settle()
  assert.deepEqual([ben.note(note)?.link, ben.note(note)?.group], ['https://b.example', undefined])
  assert.ok(!('group' in (ben.note(note) ?? {})), 'left out, not empty')
})

test('a connector is shown as soon as its notes are made, and follows what is done to them (C9)', async () => {
  const { world, ana, ben, note, settle } = await two()
  const [fresh, arrow] = [world.newId(), world.newId()]
  const place = { color: 'grey', z: 'a1', text: '' }
  ana.client.submit({
    kind: 'batch',
    ops: [
      { kind: 'note.create', note: fresh, x: 0, y: 0, w: 200, h: 200, ...place },
      { kind: 'note.create', as: 'connector', note: arrow, x: 0, y: 0, w: 0, h: 0, from: note, to: fresh, ...place },
    ],
  })
  assert.deepEqual([ana.note(arrow)?.kind, ana.note(arrow)?.to], ['connector', fresh])
  await settle()
  ben.client.submit({ kind: 'note.delete', note })
  await settle()
  assert.ok(ana.note(arrow), 'it stays, and is not shown')
  ana.client.submit({ kind: 'note.set', note: arrow, set: { to: note } })
  assert.deepEqual(ana.rejected.map((r) => r.code), ['invalid'])
  ben.client.undo()
  await settle()
  ana.client.submit({ kind: 'note.set', note: arrow, set: { from: fresh, to: note } })
  ana.client.undo()
  await settle()
  assert.deepEqual([ben.note(arrow)?.from, ben.note(arrow)?.to], [note, fresh])
})

test('what is put back keeps its kind, and connectors their notes under new names', async () => {
  const { world, ana } = await two()
  const make = (as: 'frame' | 'connector' | undefined, note: string, more: object): object => ({
    kind: 'note.create', note, ...(as && { as }), x: 0, y: 0, w: 200, h: 200, color: 'grey', z: 'a1', text: note, ...more,
  })
  const ops = [
    make('connector', 'arrow-01', { w: 0, h: 0, from: 'frame-01', to: 'note-0a1' }), make('frame', 'frame-01', {}), make(undefined, 'note-0a1', { locked: true, group: 'group-01' }),
    make('connector', 'arrow-02', { w: 0, h: 0, from: 'note-0a1', to: 'gone-001' }),
  ]
  const offer = { id: 'o', code: 'epoch', reason: '', ops: ops as never[], texts: {}, shown: {} }
  let n = 0
  const back = putBack(offer, ana.client.view, () => `fresh-0${n++}`) as { note: string; as?: string; from?: string; to?: string; group?: string; locked?: boolean }[]
  assert.deepEqual(back.map(({ note, as, from, to, group, locked }) => ({ note, as, from, to, group, locked })), [
    { note: 'fresh-01', as: 'frame', from: undefined, to: undefined, group: undefined, locked: false },
    { note: 'fresh-02', as: undefined, from: undefined, to: undefined, group: 'group-01', locked: false },
    { note: 'fresh-00', as: 'connector', from: 'fresh-01', to: 'fresh-02', group: undefined, locked: false },
  ])
  world.network.cutAll()
})
