import type { SocketLike } from '../net/socket.ts'
import type { ClientMessage, ServerMessage } from '../protocol.ts'
import type { FakeClock } from './clock.ts'

/** The server's end of a socket. */
export interface Conn {
  send(message: ServerMessage): void
  /** Ends the socket with a code; 1006 cuts the line, and what is on its way is lost. */
  close(code: number, reason?: string): void
}

/** What a server does with a socket. */
export interface Host {
  accept(conn: Conn): { receive(message: ClientMessage): void; gone(): void }
}

/** How a network behaves; tests change it at any time. */
export interface Weather {
  latency: number // ms in one direction, at least
  jitter: number // ms more, at most
  down: boolean // nobody can connect
  /** Sees every message from the server; false drops it. */
  fromServer: (message: ServerMessage) => boolean
}

/** Connects clients with one server, in order and late. */
export class FakeNetwork {
  readonly weather: Weather = { latency: 20, jitter: 30, down: false, fromServer: () => true }
  readonly open = new Set<FakeSocket>()

  constructor(
    readonly clock: FakeClock,
    readonly host: Host,
  ) {}

  /** A socket on its way to the server. */
  dial = (): FakeSocket => new FakeSocket(this)

  /** Cuts all connections at once; messages on their way are lost. */
  cutAll(): void {
    for (const socket of [...this.open]) socket.cut()
  }
}

type Handler<E> = ((event: E) => void) | null

/** A client's socket, whose messages arrive late but in order. */
export class FakeSocket implements SocketLike {
  onopen: Handler<never> = null
  onmessage: Handler<{ data: unknown } & never> = null
  onclose: Handler<{ code: number; reason: string } & never> = null
  private seat: ReturnType<Host['accept']> | undefined
  private arriving = { up: 0, down: 0 } // when the last message of each direction arrives
  private isCut = false

  constructor(private readonly network: FakeNetwork) {
    this.later('up', () => this.connect())
  }

  private connect(): void {
    if (this.network.weather.down) return this.ended(1006)
    this.network.open.add(this)
    this.seat = this.network.host.accept({
      send: (message) => {
        if (!this.network.weather.fromServer(message)) return
        const data = JSON.stringify(message)
        this.later('down', () => this.onmessage?.({ data } as never))
      },
      close: (code, reason = '') => (code === 1006 ? this.cut() : this.later('down', () => this.ended(code, reason))),
    })
    this.later('down', () => this.onopen?.({} as never))
  }

  send(data: string): void {
    if (this.isCut) return
    const message = JSON.parse(data) as ClientMessage
    this.later('up', () => this.seat?.receive(message))
  }

  close(): void {
    this.silence()
  }

  /** Cuts the line: both ends notice, what is on its way is lost. */
  cut(): void {
    this.silence()
    const { onclose } = this
    this.network.clock.after(1, () => onclose?.({ code: 1006, reason: '' } as never))
  }

  /** The line dies without anybody noticing. */
  silence(): void {
    if (this.isCut) return
    this.isCut = true
    this.network.open.delete(this)
    const { seat } = this
    this.network.clock.after(1, () => seat?.gone())
  }

  private ended(code: number, reason = ''): void {
    const { onclose } = this
    this.silence()
    onclose?.({ code, reason } as never)
  }

  private later(way: 'up' | 'down', call: () => void): void {
    const { clock, weather } = this.network
    const at = Math.max(this.arriving[way], clock.now() + weather.latency + clock.random() * weather.jitter)
    this.arriving[way] = at
    clock.after(at - clock.now(), () => {
      if (!this.isCut) call()
    })
  }
}
