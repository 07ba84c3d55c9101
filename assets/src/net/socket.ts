import { Alarm, type Clock } from '../clock.ts'
import { type ClientMessage, type CloseClass, closeClass, closeTryLater, type ServerMessage, subprotocol } from '../protocol.ts'
import type { Signals } from './signals.ts'

/** What of a WebSocket is used. */
export interface SocketLike {
  send(data: string): void
  close(code?: number, reason?: string): void
  onopen: ((event: never) => void) | null
  onmessage: ((event: { data: unknown } & never) => void) | null
  onclose: ((event: { code: number; reason: string } & never) => void) | null
}

/** Opens a socket to the board's server. */
export type Dial = (subprotocol: string) => SocketLike

/** What a connection tells its owner. */
export interface ConnectionHooks {
  /** The socket is open: say hello. */
  opened(ticket: string | undefined): void
  message(message: ServerMessage): void
  /**
   * The socket is gone, or could not be opened. Unless the class is 'again' it stays so. The reason is a
   * sentence for the person, or empty.
   */
  closed(why: CloseClass, reason: string): void
}

export interface ConnectionOptions {
  dial: Dial
  clock: Clock
  signals?: Signals
  /** Fetches the ticket for the next hello; null when the board is closed to us for good. */
  ticket?: () => Promise<string | null | undefined>
}

const shortestBackoff = 500
const longestBackoff = 30_000
const openWithin = 10_000
const answerWithin = 5_000

// After a sleep, or when the network is back, everything goes faster for a while.
const eagerFor = 60_000
const eager = { backoff: 1_000, open: 2_500, answer: 2_000 }

// A try to open another socket before the old one goes that comes to nothing is made again after so long.
const replaceAgain = 1_000

/**
 * One socket at a time, opened anew for as long as the server lets us. The first
 * try is made at once, later ones after a random part of a growing time. A
 * connection that has silently died is found by a ping that nobody answers.
 */
export class Connection {
  private socket: SocketLike | undefined
  private isOpen = false
  private wanted = false
  private attempt = 0
  private attempts = 0 // all of them, so that a ticket that comes late opens nothing
  private heartbeat = 10_000
  private sentAt = 0
  private heardAt = 0
  private probing = false
  private dialedAt = 0
  private eagerUntil = -Infinity
  private readonly retry: Alarm
  private readonly watch: Alarm
  private unlisten: (() => void) | undefined

  constructor(
    private readonly options: ConnectionOptions,
    private readonly hooks: ConnectionHooks,
  ) {
    this.retry = new Alarm(options.clock, () => void this.open())
    this.watch = new Alarm(options.clock, () => this.check())
  }

  /** Connects, and keeps connecting. */
  start(): void {
    if (this.wanted) return
    this.wanted = true
    this.attempt = 0
    this.unlisten = this.options.signals?.((signal) => {
      if (signal === 'online' || signal === 'visible' || signal === 'awake') this.wake()
      if (signal === 'offline' && this.isOpen) this.probe(answerWithin)
    })
    void this.open()
  }

  /** Ends the connection and the attempts. */
  stop(): void {
    this.wanted = false
    this.unlisten?.()
    this.retry.clear()
    this.discard(1000, 'bye')
  }

  /** The server has let us in: the next trouble starts with a try at once. */
  settled(heartbeat: number | undefined): void {
    this.attempt = 0
    if (heartbeat !== undefined && heartbeat > 0) this.heartbeat = heartbeat
  }

  /** Sends a message; false when there is no open socket. */
  send(message: ClientMessage): boolean {
    if (!this.isOpen || !this.socket) return false
    this.socket.send(JSON.stringify(message))
    this.sentAt = this.options.clock.now()
    return true
  }

  /**
   * The server goes down: at a random moment within ms another socket is opened
   * beside this one, which serves until then.
   */
  drain(within: number): void {
    const { clock } = this.options
    const then = this.attempts
    clock.after(clock.random() * within, () => {
      if (this.attempts === then && this.isOpen) void this.replace()
    })
  }

  private async replace(): Promise<void> {
    const number = ++this.attempts
    const isStill = (): boolean => number === this.attempts && this.isOpen
    const again = (): void => void this.options.clock.after(replaceAgain, () => isStill() && void this.replace())
    try {
      const ticket = await this.options.ticket?.()
      if (!isStill() || ticket === null) return
      const next = this.options.dial(subprotocol)
      next.onopen = () => (isStill() ? this.changeOver(next, ticket) : next.close(1000))
      next.onclose = again
    } catch {
      again()
    }
  }

  private changeOver(next: SocketLike, ticket: string | undefined): void {
    const old = this.socket
    this.adopt(next, ticket)
    old?.close(4000, 'the server restarts')
    this.opened(ticket)
  }

  /** Closes the socket and opens another at once. */
  restart(reason: string): void {
    this.discard(4000, reason)
    this.lost('again', reason)
  }

  private async open(): Promise<void> {
    if (!this.wanted || this.socket) return
    this.retry.clear()
    const number = ++this.attempts
    let ticket: string | null | undefined
    try {
      ticket = await this.options.ticket?.()
    } catch {
      if (number === this.attempts) this.lost('again', 'no ticket')
      return
    }
    if (number !== this.attempts || !this.wanted) return
    if (ticket === null) this.lost('denied', 'This link no longer works.')
    else this.dial(ticket)
  }

  private dial(ticket: string | undefined): void {
    let socket: SocketLike
    try {
      socket = this.options.dial(subprotocol)
    } catch (error) {
      return this.lost('again', String(error))
    }
    this.adopt(socket, ticket)
    this.dialedAt = this.options.clock.now()
    this.watch.set(this.isEager ? eager.open : openWithin)
  }

  /** Goes on with this socket. */
  private adopt(socket: SocketLike, ticket: string | undefined): void {
    this.socket = socket
    socket.onopen = () => {
      if (this.socket === socket) this.opened(ticket)
    }
    socket.onmessage = (event) => {
      if (this.socket === socket) this.heard((event as { data: unknown }).data)
    }
    socket.onclose = (event) => {
      if (this.socket !== socket) return
      const { code, reason } = event as { code: number; reason: string }
      this.discard()
      this.lost(closeClass(code), reason, code === closeTryLater)
    }
  }

  private opened(ticket: string | undefined): void {
    this.isOpen = true
    this.sentAt = this.heardAt = this.options.clock.now()
    this.watch.set(this.heartbeat)
    this.hooks.opened(ticket)
  }

  private heard(data: unknown): void {
    this.heardAt = this.options.clock.now()
    this.probing = false
    let message: ServerMessage
    try {
      message = JSON.parse(String(data)) as ServerMessage
    } catch {
      this.restart('a message could not be read')
      return
    }
    this.hooks.message(message)
  }

  /** Looks whether the socket is still alive. */
  private check(): void {
    if (!this.isOpen) return this.restart('it did not open in time')
    if (this.probing) return this.restart('nobody answered')
    const quiet = this.options.clock.now() - Math.min(this.sentAt, this.heardAt)
    if (quiet >= this.heartbeat) this.probe(answerWithin)
    else this.watch.set(this.heartbeat - quiet)
  }

  private probe(patience: number): void {
    if (this.probing) return this.watch.setSooner(patience)
    this.probing = this.send({ type: 'ping' })
    this.watch.set(patience)
  }

  /** Something has changed for the better: try now, or make sure. */
  private wake(): void {
    if (!this.wanted) return
    const now = this.options.clock.now()
    this.eagerUntil = now + eagerFor
    if (this.isOpen) return this.probe(eager.answer)
    // One that was begun without a network may hang until long after there is one.
    if (this.socket && now - this.dialedAt > eager.backoff) this.discard(4000, 'begun too early')
    if (!this.socket) void this.open()
  }

  private get isEager(): boolean {
    return this.options.clock.now() < this.eagerUntil
  }

  /** Lets go of the socket without waiting for it. */
  private discard(code?: number, reason?: string): void {
    const socket = this.socket
    this.socket = undefined
    this.isOpen = false
    this.probing = false
    this.attempts++
    this.watch.clear()
    if (code !== undefined) socket?.close(code, reason)
  }

  /** A reason is told when there is no coming back, or when the server gave it for the person. */
  private lost(why: CloseClass, reason: string, telling = why !== 'again'): void {
    if (why !== 'again') {
      this.wanted = false
      this.unlisten?.()
    }
    if (this.wanted) this.retry.set(this.backoff())
    this.hooks.closed(why, telling ? reason : '')
  }

  private backoff(): number {
    const n = this.attempt++
    if (n === 0) return 0
    const longest = this.isEager ? eager.backoff : longestBackoff
    return this.options.clock.random() * Math.min(longest, shortestBackoff * 2 ** n)
  }
}
