import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OwnPresence, Peer } from '../protocol.ts'
import { FakeClock } from '../testing/clock.ts'
import { World } from '../testing/page.ts'
import { PresenceSender } from './own.ts'
import { Roster } from './roster.ts'

const peer = (id: string, more: Partial<Peer> = {}): Peer => ({
  id, user: 'u_' + id, name: id, color: 1, role: 'editor', cursor: null, selection: [], editing: null, ...more,
})

test('who is here, who has changed, who is gone; never oneself', () => {
  const roster = new Roster(() => 0)
  let told = 0
  const end = roster.onChange(() => told++)
  roster.reset('me', [peer('me'), peer('ana')])
  assert.deepEqual([...roster.peers.keys()], ['ana'])
  roster.apply({ type: 'presence', peers: [peer('ben'), peer('me'), peer('ana', { editing: 'n1' })] })
  assert.deepEqual([...roster.peers.values()].map((p) => [p.id, p.editing]), [['ana', 'n1'], ['ben', null]])
  roster.apply({ type: 'presence', gone: ['ana'], cursors: [['nobody', 1, 2]] })
  assert.deepEqual([...roster.peers.keys()], ['ben'])
  assert.equal(told, 3)
  let people = 0
  roster.onPeople(() => people++)
  roster.apply({ type: 'presence', cursors: [['ben', 3, 4]] })
  assert.deepEqual([told, people], [4, 0], 'a pointer that moves changes nobody')
  roster.apply({ type: 'presence', peers: [peer('ben', { away: true })] })
  assert.deepEqual([told, people, roster.peers.get('ben')?.away], [5, 1, true])
  end()
  roster.clear()
  assert.deepEqual([roster.peers.size, told], [0, 5])
})

test('a pointer moves smoothly from where it is shown, and jumps only when it appears', () => {
  let now = 0
  const roster = new Roster(() => now)
  roster.reset('me', [peer('ana', { cursor: [0, 0] })])
  assert.deepEqual(roster.at('ana', 0), [0, 0])
  roster.apply({ type: 'presence', cursors: [['ana', 120, 60]] })
  assert.deepEqual([0, 60, 120, 500].map((t) => roster.at('ana', t)), [[0, 0], [60, 30], [120, 60], [120, 60]])
  assert.deepEqual([60, 120].map((t) => roster.isMoving('ana', t)), [true, false])
  now = 60
  roster.apply({ type: 'presence', cursors: [['ana', 60, 90]] })
  assert.deepEqual(roster.at('ana', 60), [60, 30], 'no jump on the way')
  assert.deepEqual(roster.at('ana', 180), [60, 90])
  roster.apply({ type: 'presence', cursors: [['ana']] })
  assert.deepEqual([roster.at('ana', 200), roster.peers.get('ana')?.cursor], [null, null])
  assert.equal(roster.at('nobody', 0), null)
})

function sender(): { clock: FakeClock; own: PresenceSender; sent: { at: number; message: OwnPresence }[]; alone: { is: boolean } } {
  const clock = new FakeClock()
  const sent: { at: number; message: OwnPresence }[] = []
  const alone = { is: false }
  const own = new PresenceSender(clock, () => alone.is, (message) => sent.push({ at: clock.now(), message }) > 0)
  return { clock, own, sent, alone }
}

test('the first move leaves at once, then at most 20 a second, and the last is never lost', async () => {
  const { clock, own, sent } = sender()
  for (let i = 0; i < 200; i++) {
    own.cursor([i + 0.4, i - 0.4])
    await clock.run(5)
  }
  await clock.run(100)
  assert.equal(sent[0]?.at, 0)
  assert.ok(sent.length <= 21, `${sent.length} in a second`)
  assert.ok(sent.slice(1).every((s, i) => s.at - (sent[i]?.at ?? 0) >= 50))
  assert.deepEqual(sent.at(-1)?.message.cursor, [199, 199], 'rounded')
})

test('what has not changed is not sent, and nothing while alone', async () => {
  const { clock, own, sent, alone } = sender()
  own.editing('n1')
  own.editing('n1')
  await clock.run(200)
  own.cursor([1.2, 2])
  await clock.run(200)
  own.cursor([1.4, 2])
  await clock.run(200)
  assert.equal(sent.length, 2)
  alone.is = true
  own.selection(['n1'])
  await clock.run(1_000)
  assert.equal(sent.length, 2)
  alone.is = false
  own.flush()
  assert.deepEqual(sent.at(-1)?.message, { type: 'presence', cursor: [1, 2], selection: ['n1'], editing: 'n1' })
  own.introduce()
  await clock.run(100)
  assert.equal(sent.length, 4, 'whoever arrives anew is told everything')
})

test('what is rarely told is told in the order that the server reads fastest, and left out where it says nothing', async () => {
  const { clock, own, sent } = sender()
  own.holding(true)
  own.away(true)
  await clock.run(100)
  own.following('p_2')
  own.view({ x: -1.6, y: 2.2, w: 99.5, h: 50 })
  await clock.run(100)
  const last = sent.at(-1)?.message
  assert.equal(JSON.stringify(last), '{"type":"presence","cursor":null,"selection":[],"editing":null,"view":[-2,2,100,50],"following":"p_2","away":true,"holding":true}')
  own.view(null)
  own.following(null)
  own.away(false)
  own.holding(false)
  await clock.run(100)
  assert.equal(JSON.stringify(sent.at(-1)?.message), '{"type":"presence","cursor":null,"selection":[],"editing":null}')
})

test('two pages see each other come, point, edit and go', async () => {
  const world = new World()
  const [ana, ben] = [await world.open('ana'), await world.open('ben')]
  await world.clock.run(300)
  assert.equal(ana.client.roster.peers.size, 1)
  ana.client.presence.cursor([10, 20])
  ana.client.presence.editing('n1')
  await world.clock.run(300)
  const seen = [...ben.client.roster.peers.values()][0]
  assert.deepEqual([seen?.id, seen?.cursor, seen?.editing], [ana.client.roster.me, [10, 20], 'n1'])
  ana.client.stop()
  await world.clock.run(300)
  assert.equal(ben.client.roster.peers.size, 0)
})
