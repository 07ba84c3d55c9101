import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clock } from '../clock.ts'
import type { CreateOp, SingleOp } from '../notes/op.ts'
import { keysBetween } from '../notes/zorder.ts'
import { copies } from './copies.ts'
import { isDouble } from './press.ts'
import { Rate } from './rate.ts'
import { Selection } from './selection.ts'
import { parts } from './send.ts'

test('many ops are cut into frames, none lost, in order', () => {
  const ops = Array.from({ length: 1250 }, (_, i): SingleOp => ({ kind: 'note.delete', note: `note${i}` }))
  const cut = parts(ops)
  assert.deepEqual(cut.flat(), ops)
  assert.ok(cut.every((p) => p.length <= 500))
})

test('long texts are cut by what they weigh', () => {
  const make = (i: number): SingleOp =>
    ({ kind: 'note.create', note: `note${i}`, x: 0, y: 0, w: 200, h: 200, color: 'yellow', z: 'a0', text: '🙂'.repeat(9000) })
  assert.deepEqual(parts([make(1), make(2)]).map((p) => p.length), [1, 1])
})

test('order keys between two others are in order and between them', () => {
  for (const [low, high] of [[null, null], ['a5', null], [null, 'a5'], ['a0', 'a1']] as const) {
    const keys = keysBetween(12, low, high)
    assert.equal(keys.length, 12)
    const all = [...(low ? [low] : []), ...keys, ...(high ? [high] : [])]
    assert.deepEqual(all, [...new Set(all)].sort((a, b) => (a < b ? -1 : 1)))
  }
})

test('copies keep their order, lie on top, and are new notes', () => {
  const note = (id: string, z: string, x: number, more: Partial<CreateOp> = {}): CreateOp =>
    ({ kind: 'note.create', note: id, z, x, y: 0, w: 100, h: 100, color: 'pink', text: id, ...more })
  const made = copies([note('aaaaaaaa', 'a0', 0), note('bbbbbbbb', 'a4', 999_990)], 'a7', 24, 24)
  assert.deepEqual(made.map((m) => [m.text, m.x, m.y, m.color]), [['aaaaaaaa', 24, 24, 'pink'], ['bbbbbbbb', 1_000_000, 24, 'pink']])
  assert.ok(made[0]!.z > 'a7' && made[1]!.z > made[0]!.z)
  assert.equal(new Set(['aaaaaaaa', 'bbbbbbbb', ...made.map((m) => m.note)]).size, 4)
})

test('copies are tied to copies, grouped anew and free', () => {
  const like = { kind: 'note.create', x: 0, y: 0, w: 0, h: 0, color: 'grey', z: 'a0', text: '' } as const
  const big = { w: 200, h: 200 }
  const [frame, one, two, line, ...rest] = copies([
    { ...like, ...big, note: 'frame000', as: 'frame' },
    { ...like, ...big, note: 'one00000', group: 'group000', locked: true, link: 'https://example.com/' },
    { ...like, ...big, note: 'two00000', group: 'group000' },
    { ...like, note: 'line0000', as: 'connector', from: 'one00000', to: 'two00000' },
    { ...like, note: 'loose000', as: 'connector', from: 'one00000', to: 'away0000' },
  ], null, 10, 20)
  assert.deepEqual(rest, [])
  assert.equal(frame!.as, 'frame')
  assert.deepEqual([one!.x, one!.y, one!.locked, one!.link], [10, 20, undefined, 'https://example.com/'])
  assert.ok(one!.group !== 'group000' && one!.group === two!.group)
  assert.deepEqual([line!.from, line!.to, line!.x, line!.as], [one!.note, two!.note, 0, 'connector'])
})

test('a rate lets the first through at once, and the last always', () => {
  let now = 0
  let due: { at: number; call: () => void } | null = null
  const clock: Clock = {
    now: () => now,
    after: (ms, call) => {
      due = { at: now + ms, call }
      return () => (due = null)
    },
    random: () => 0,
  }
  const ran: number[] = []
  const rate = new Rate(50, () => ran.push(now), clock)
  const pass = (to: number): void => {
    if (due && due.at <= to) {
      const { at, call } = due
      due = null
      now = at
      call()
    }
    now = to
  }
  for (let t = 0; t <= 100; t += 10) {
    pass(t)
    rate.ask()
  }
  pass(400)
  assert.deepEqual(ran, [0, 50, 100, 150])
  rate.ask()
  rate.ask()
  rate.cancel()
  pass(900)
  assert.deepEqual(ran, [0, 50, 100, 150, 400])
})

test('a selection tells only of what changed', () => {
  const selection = new Selection()
  const heard: string[] = []
  selection.onChange((now, before) => heard.push(`${[...before]} > ${[...now]}`))
  selection.set(['a', 'b'])
  selection.set(['b', 'a'])
  selection.toggle('a')
  selection.drop(['x'])
  assert.equal(selection.only, 'b')
  selection.clear()
  assert.equal(selection.as(['x'], () => selection.only), 'x')
  assert.equal(selection.size, 0)
  assert.deepEqual(heard, [' > a,b', 'a,b > b', 'b > '])
})

test('two taps are a double tap only at one place and soon', () => {
  const tap = (x: number, time: number, note?: string) => ({ at: [x, 0] as const, time, note })
  assert.ok(isDouble(tap(0, 0, 'a'), tap(3, 200, 'a')))
  assert.ok(!isDouble(tap(0, 0, 'a'), tap(3, 200, 'b')))
  assert.ok(!isDouble(tap(0, 0), tap(3, 900)))
  assert.ok(!isDouble(tap(0, 0), tap(90, 200)))
  assert.ok(!isDouble(null, tap(0, 0)))
})
