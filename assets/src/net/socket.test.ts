import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ClientMessage, ServerMessage } from '../protocol.ts'
import { FakeClock } from '../testing/clock.ts'
import type { Signal } from './signals.ts'
import { pageSignals } from './signals.ts'
import { Connection, type ConnectionOptions, type SocketLike } from './socket.ts'

/** A socket whose other end is the test. */
class Line implements SocketLike {
  onopen: ((event: never) => void) | null = null
  onmessage: ((event: { data: unknown } & never) => void) | null = null
  onclose: ((event: { code: number; reason: string } & never) => void) | null = null
  readonly sent: ClientMessage[] = []
  closed: number | undefined

  send(data: string): void {
    this.sent.push(JSON.parse(data) as ClientMessage)
  }

  close(code?: number): void {
    this.closed = code
  }

  opens(): void {
    this.onopen?.({} as never)
  }

  says(message: ServerMessage | string): void {
    this.onmessage?.({ data: typeof message === 'string' ? message : JSON.stringify(message) } as never)
  }

  ends(code = 1006): void {
    this.onclose?.({ code, reason: '' } as never)
  }
}

function setUp(more: Partial<ConnectionOptions> = {}): {
  clock: FakeClock; lines: Line[]; last: () => Line; log: string[]; connection: Connection; signal: (s: Signal) => void
} {
  const clock = new FakeClock(7)
  const lines: Line[] = []
  const log: string[] = []
  let listener: ((s: Signal) => void) | undefined
  const connection = new Connection(
    {
      clock,
      dial: () => {
        const line = new Line()
        lines.push(line)
        return line
      },
      signals: (fn) => {
        listener = fn
        return () => (listener = undefined)
      },
      ...more,
    },
    {
      opened: (ticket) => log.push(`opened ${ticket ?? ''}`.trim()),
      message: (m) => log.push(m.type),
      closed: (why) => log.push(`closed ${why}`),
    },
  )
  connection.start()
  const last = (): Line => lines.at(-1) ?? assert.fail('no socket')
  return { clock, lines, last, log, connection, signal: (s) => listener?.(s) }
}

test('the first try is made at once, later ones after a growing random time', async () => {
  const { clock, lines, last } = setUp()
  await clock.run(0)
  assert.equal(lines.length, 1)
  const times: number[] = []
  for (let i = 0; i < 12; i++) {
    const [n, at] = [lines.length, clock.now()]
    last().ends()
    await clock.until('another', () => lines.length > n)
    times.push(clock.now() - at)
  }
  assert.ok((times[0] ?? 99) <= 20, 'at once')
  assert.ok(times.every((t, i) => t <= Math.min(30_000, 500 * 2 ** i) + 40), String(times))
  assert.ok(Math.max(...times) > 5_000, String(times))
})

test('after a welcome trouble starts with a try at once again', async () => {
  const { clock, lines, last, connection } = setUp()
  await clock.run(0)
  for (let i = 0; i < 8; i++) {
    const n = lines.length
    last().ends()
    await clock.until('another', () => lines.length > n)
  }
  last().opens()
  connection.settled(10_000)
  last().ends()
  const n = lines.length
  await clock.run(1)
  assert.equal(lines.length, n + 1)
})

test('a silent connection is pinged each 10 s, and given up 5 s after a ping that nobody answers', async () => {
  const { clock, lines, last, log } = setUp()
  await clock.run(0)
  last().opens()
  await clock.run(10_000)
  assert.deepEqual(last().sent, [{ type: 'ping' }])
  last().says({ type: 'pong', seq: 1 })
  await clock.run(9_900)
  assert.equal(last().sent.length, 1)
  await clock.run(200)
  assert.equal(last().sent.length, 2)
  await clock.run(4_800)
  assert.equal(lines.length, 1)
  await clock.run(200)
  assert.deepEqual([lines.length, lines[0]?.closed], [2, 4000])
  assert.deepEqual(log, ['opened', 'pong', 'closed again'])
})

test('own chatter does not hide that nobody answers', async () => {
  const { clock, lines, last, connection } = setUp()
  await clock.run(0)
  last().opens()
  for (let i = 0; i < 160; i++) {
    connection.send({ type: 'presence', cursor: [i, 0], selection: [], editing: null })
    await clock.run(100)
  }
  assert.equal(lines.length, 2)
})

test('a socket that does not open in time is given up', async () => {
  const { clock, lines } = setUp()
  await clock.run(10_100)
  assert.equal(lines.length, 2)
})

for (const code of [1000, 1001, 1006, 1011, 4000, 4001, 4002, 4999]) {
  test(`closed with ${code}: comes back`, async () => {
    const { clock, lines, last } = setUp()
    await clock.run(0)
    last().opens()
    last().ends(code)
    await clock.run(100)
    assert.equal(lines.length, 2)
  })
}

for (const code of [4100, 4101, 4102, 4103, 4104, 4105, 4106]) {
  test(`closed with ${code}: stays away, whatever the page notices`, async () => {
    const { clock, lines, last, signal } = setUp()
    await clock.run(0)
    last().opens()
    last().ends(code)
    signal('online')
    await clock.run(600_000)
    assert.equal(lines.length, 1)
  })
}

test('drain: another socket within the time, and the old one only goes when that is open', async () => {
  const { clock, lines, last, connection, log } = setUp()
  await clock.run(0)
  last().opens()
  connection.drain(2_000)
  await clock.run(2_010)
  assert.equal(lines.length, 2)
  assert.equal(lines[0]?.closed, undefined)
  assert.equal(connection.send({ type: 'ping' }), true, 'the old one still serves')
  last().opens()
  assert.equal(lines[0]?.closed, 4000)
  assert.deepEqual(log, ['opened', 'opened'])
})

test('drain: a node that refuses is asked again, and the end of the old socket is trouble as usual', async () => {
  const { clock, lines, last, connection } = setUp()
  await clock.run(0)
  const old = last()
  old.opens()
  connection.drain(0)
  await clock.run(1)
  last().ends()
  await clock.run(1_001)
  assert.equal(lines.length, 3)
  const third = last()
  old.ends(4000)
  await clock.run(1)
  assert.equal(lines.length, 4)
  third.opens()
  assert.equal(third.closed, 1000, 'it came too late')
  last().opens()
  assert.equal(connection.send({ type: 'ping' }), true)
  assert.deepEqual(last().sent, [{ type: 'ping' }])
})

test('awake: a dead socket is given up after 2 s, and the first try is made at once', async () => {
  const { clock, lines, last, signal } = setUp()
  await clock.run(0)
  last().opens()
  await clock.run(3_000)
  signal('awake')
  assert.deepEqual(last().sent, [{ type: 'ping' }])
  await clock.run(2_010)
  assert.equal(lines.length, 2)
})

test('awake in the middle of a long silence: the patience is the shorter one', async () => {
  const { clock, lines, last, signal } = setUp()
  await clock.run(0)
  last().opens()
  await clock.run(10_500)
  signal('visible')
  await clock.run(2_010)
  assert.equal(lines.length, 2)
})

test('after hours asleep: live within 3 s of the network, even if nothing tells that it is there', async () => {
  const { clock, lines, last, signal, connection } = setUp()
  await clock.run(0)
  last().opens()
  connection.settled(10_000)
  await clock.run(3_600_000) // each try hangs
  signal('awake')
  const tries: number[] = []
  let seen = lines.length
  await clock.until('some tries', () => {
    if (lines.length > seen) tries.push(clock.now())
    seen = lines.length
    return tries.length > 8
  })
  const gaps = tries.slice(1).map((at, i) => at - (tries[i] ?? 0))
  assert.ok(gaps.every((gap) => gap <= 3_500), String(gaps))
})

test('a try that was begun before the network was there is made anew when it is', async () => {
  const { clock, lines, signal } = setUp()
  await clock.run(5_000)
  signal('online')
  await clock.run(1)
  assert.equal(lines.length, 2)
  signal('visible')
  await clock.run(1)
  assert.equal(lines.length, 2, 'one just begun is not')
})

test('online and visible: try now, or make sure; offline: make sure', async () => {
  const { clock, lines, last, signal, connection } = setUp()
  await clock.run(0)
  for (let i = 0; i < 9; i++) {
    const n = lines.length
    last().ends()
    await clock.until('another', () => lines.length > n)
  }
  last().ends()
  await clock.run(1)
  const n = lines.length
  signal('online')
  await clock.run(1)
  assert.equal(lines.length, n + 1)
  last().opens()
  connection.settled(10_000)
  signal('visible')
  assert.deepEqual(last().sent, [{ type: 'ping' }])
  last().says({ type: 'pong', seq: 1 })
  signal('offline')
  assert.equal(last().sent.length, 2)
  await clock.run(5_100)
  assert.equal(lines.length, n + 2)
})

test('what a socket says after it was let go of is not heard', async () => {
  const { clock, lines, last, log, connection } = setUp()
  await clock.run(0)
  const old = last()
  old.opens()
  connection.restart('test')
  await clock.run(1)
  old.says({ type: 'resync' })
  old.ends()
  assert.deepEqual(log, ['opened', 'closed again'])
  assert.equal(lines.length, 2)
  assert.equal(connection.send({ type: 'ping' }), false, 'the new one is not open yet')
})

test('a message that cannot be read ends the socket', async () => {
  const { clock, lines, last } = setUp()
  await clock.run(0)
  last().opens()
  last().says('{')
  await clock.run(1)
  assert.equal(lines.length, 2)
})

test('each connection gets its ticket; none to be had is a failed try, a refused one is the end', async () => {
  const tickets: (string | null | Error)[] = ['one', new Error('no network'), 'two', null]
  const { clock, last, log, lines } = setUp({
    ticket: () => {
      const t = tickets.shift()
      return t instanceof Error ? Promise.reject(t) : Promise.resolve(t)
    },
  })
  await clock.run(0)
  last().opens()
  last().ends()
  await clock.until('two', () => lines.length === 2)
  last().opens()
  last().ends()
  await clock.run(60_000)
  assert.deepEqual(log, ['opened one', 'closed again', 'closed again', 'opened two', 'closed again', 'closed denied'])
})

test('a socket that cannot even be made is a failed try', async () => {
  let tries = 0
  const { clock, log } = setUp({
    dial: () => {
      tries++
      throw new Error('blocked')
    },
  })
  await clock.run(5_000)
  assert.ok(tries > 2)
  assert.equal(log.length, tries)
})

test('stop ends everything, also a ticket that comes late', async () => {
  let give: ((t: string) => void) | undefined
  const { clock, lines, connection } = setUp({ ticket: () => new Promise((resolve) => (give = resolve)) })
  await clock.run(0)
  connection.stop()
  give?.('late')
  await clock.run(60_000)
  assert.equal(lines.length, 0)
})

test("the page's signals are those of its window and document", () => {
  const heard: Signal[] = []
  const handlers = new Map<string, () => void>()
  const target = {
    visibilityState: 'hidden',
    addEventListener: (type: string, fn: () => void) => void handlers.set(type, fn),
    removeEventListener: (type: string) => void handlers.delete(type),
  }
  const end = pageSignals(target, target)((s) => heard.push(s))
  for (const fn of [...handlers.values()]) fn()
  target.visibilityState = 'visible'
  handlers.get('visibilitychange')?.()
  assert.deepEqual(heard, ['online', 'offline', 'pagehide', 'awake', 'awake', 'hidden', 'visible'])
  end()
  assert.equal(handlers.size, 0)
})

test('a page that slept is awake at the next beat; one that is hidden, or two days off, is left alone', (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  let now = 0
  const target = { visibilityState: 'visible', addEventListener: () => undefined, removeEventListener: () => undefined }
  const heard: Signal[] = []
  const end = pageSignals(target, target, () => now)((s) => heard.push(s))
  const beat = (ms: number): void => {
    now += ms
    t.mock.timers.tick(2_000)
  }
  for (let i = 0; i < 5; i++) beat(2_000)
  assert.deepEqual(heard, [])
  beat(3_600_000)
  assert.deepEqual(heard, ['awake'])
  beat(-2 * 86_400_000)
  beat(2_000)
  target.visibilityState = 'hidden'
  beat(60_000)
  assert.deepEqual(heard, ['awake'])
  end()
})
