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
      if (signal === 'online' || signal === 'visible') this.wake()
      if (signal === 'offline' && this.isOpen) this.probe()
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

  /** The server goes down: come back at a random moment within ms. */
  drain(within: number): void {
    const { clock } = this.options
    const then = this.attempts
    clock.after(clock.random() * within, () => {
      if (this.attempts === then && this.isOpen) this.restart('the server restarts')
    })
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
    this.socket = socket
    this.watch.set(openWithin)
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
    if (quiet >= this.heartbeat) this.probe()
    else this.watch.set(this.heartbeat - quiet)
  }

  private probe(): void {
    if (this.probing) return
    this.probing = this.send({ type: 'ping' })
    this.watch.set(answerWithin)
  }

  /** Something has changed for the better: try now, or make sure. */
  private wake(): void {
    if (!this.wanted) return
    if (this.isOpen) this.probe()
    else if (!this.socket) void this.open()
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
    return this.options.clock.random() * Math.min(longestBackoff, shortestBackoff * 2 ** n)
  }
}
