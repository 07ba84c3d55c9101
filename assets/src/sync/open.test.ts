import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openIndexedStore } from './indexed.ts'
import { type Boot, openBoard, type Page } from './open.ts'
import { NoStore } from './store.ts'

const boot: Boot = {
  board: 'board', epoch: 1, seq: 0, role: 'viewer', mode: 'embed', socket: '/ws', me: null,
  snapshot: { seq: 0, board: { name: 'Test' }, notes: [] },
}

/** A page at an address, with a socket that notes where it was opened and what it was told. */
function pageAt(t: TestContext, protocol: string, host: string, pathname: string): { page: Page; sockets: FakeWebSocket[] } {
  const sockets: FakeWebSocket[] = []
  const before = globalThis.WebSocket
  globalThis.WebSocket = class extends FakeWebSocket {
    constructor(url: string, subprotocol: string) {
      super(url, subprotocol)
      sockets.push(this)
    }
  } as unknown as typeof WebSocket
  t.after(() => (globalThis.WebSocket = before))
  const target = { addEventListener: () => undefined, removeEventListener: () => undefined }
  return { page: { window: { ...target, location: { protocol, host, pathname }, sessionStorage: undefined as unknown as Storage }, document: { ...target, visibilityState: 'visible' }, locks: undefined }, sockets }
}

class FakeWebSocket {
  onopen: (() => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  readonly sent: { type: string; ticket?: string }[] = []

  constructor(
    readonly url: string,
    readonly subprotocol: string,
  ) {}

  send(data: string): void {
    this.sent.push(JSON.parse(data) as { type: string })
  }

  close(): void {
    this.onopen = null
  }
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20))

test('the socket is that of the page, encrypted where the page is', async (t) => {
  for (const [protocol, url] of [['http:', 'ws://host:8080/ws'], ['https:', 'wss://host:8080/ws']] as const) {
    const { page, sockets } = pageAt(t, protocol, 'host:8080', '/embed/token')
    const client = openBoard(boot, page)
    client.start()
    await soon()
    client.stop()
    assert.deepEqual(sockets.map((s) => [s.url, s.subprotocol]), [[url, 'corkboard.v1']])
  }
})

test("an embed says hello with the page's ticket, then with a new one; a closed link ends it", async (t) => {
  const { page, sockets } = pageAt(t, 'https:', 'host', '/embed/token')
  const answers = [new Response(JSON.stringify({ ticket: 'second' })), new Response('', { status: 404 })]
  const asked = t.mock.method(globalThis, 'fetch', () => Promise.resolve(answers.shift()))
  const client = openBoard({ ...boot, ticket: 'first' }, page)
  const states: string[] = []
  client.onState((s) => states.push(s.kind))
  client.start()
  for (const code of [1006, 4000]) {
    await soon()
    sockets.at(-1)?.onopen?.()
    sockets.at(-1)?.onclose?.({ code, reason: '' })
  }
  for (let i = 0; i < 100 && states.at(-1) !== 'denied'; i++) await soon()
  assert.deepEqual(sockets.flatMap((s) => s.sent.map((m) => m.ticket)), ['first', 'second'])
  assert.deepEqual(asked.mock.calls.map((c) => c.arguments[0]), ['/embed/token/ticket', '/embed/token/ticket'])
  assert.equal(states.at(-1), 'denied')
  client.stop()
})

test('a browser without a database still opens the board', async (t) => {
  const warn = t.mock.method(console, 'warn', () => undefined)
  const store = await openIndexedStore({ locks: undefined, now: () => 0, newId: () => 'client-1', onLeave: () => undefined })
  assert.ok(store instanceof NoStore)
  assert.equal(warn.mock.callCount(), 1)
})
