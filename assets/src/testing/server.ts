import { apply, applyEvent } from '../notes/apply.ts'
import type { Delta } from '../notes/delta.ts'
import { Document, type Snapshot } from '../notes/document.ts'
import type { Note } from '../notes/note.ts'
import { type Effect, type Event, type Op, singleEffects } from '../notes/op.ts'
import { type Ack, type ClientMessage, type Hello, mayEdit, type NumberedOp, type Peer, type PresenceNews, type Role, type ServerMessage } from '../protocol.ts'
import type { Conn, Host } from './network.ts'

interface ClientState {
  gen: number
  lastMid: number
  results: Ack[]
}

const keptResults = 64

/** A board's server in this process: the rules of the real one, without a database. */
export class TestServer implements Host {
  readonly doc: Document
  readonly log: Event[] = []
  readonly commits = new Map<string, number>() // how often each "epoch: client/mid" had an effect
  readonly sessions = new Set<Session>()
  readonly divergences: { client: string; seq: number; hash: string }[] = [] // what clients found to differ
  role: Role = 'editor'
  logFloor = 0 // events up to here are no longer kept
  heartbeat = 10_000
  /** What to do with a client's ops; tests put trouble in. */
  trouble: (ops: NumberedOp[], session: Session) => Trouble = () => 'none'
  /** Told of each op that had an effect. */
  committed: (op: Op, event: Event) => void = () => undefined
  private readonly clients = new Map<string, ClientState>()
  private readonly deltas = new Map<string, { from: number; list: Delta[] }>() // accepted by each note since a revision
  private peers = 0

  constructor(public epoch = 1) {
    this.doc = new Document(epoch, 0, { name: 'Test' }, [])
  }

  accept(conn: Conn): Session {
    return new Session(this, conn, `p${++this.peers}`)
  }

  /** The document as a page carries it. */
  snapshot(): Snapshot {
    return structuredClone({ seq: this.doc.seq, board: this.doc.board, notes: this.doc.live() })
  }

  client(id: string): ClientState {
    const known = this.clients.get(id) ?? { gen: 0, lastMid: 0, results: [] }
    this.clients.set(id, known)
    return known
  }

  /** Decides and commits one op; everybody hears of it. */
  commit(op: Op, client: string, mid: number, role = this.role): Ack {
    if (!mayEdit(role)) return { mid, status: 'rejected', code: 'forbidden', reason: 'You can look, but not edit.' }
    const actor = { id: 'u_' + client.slice(0, 4), name: client.slice(0, 4) }
    const at = '2026-01-01T00:00:00Z'
    const outcome = apply(this.doc, op, { actor, at, history: (note, rev) => this.since(note, rev) })
    if ('reject' in outcome) return { mid, status: 'rejected', ...outcome.reject }
    if ('noop' in outcome) return { mid, status: 'noop' }
    const event = { seq: this.doc.seq + 1, client, mid, actor, at, ...outcome.effect } as Event
    this.remember(outcome.effect)
    applyEvent(this.doc, structuredClone(event))
    this.log.push(event)
    this.committed(op, event)
    const name = `${this.epoch}: ${client}/${mid}`
    this.commits.set(name, (this.commits.get(name) ?? 0) + 1)
    for (const session of this.sessions) session.conn.send({ type: 'events', events: [event] })
    return { mid, status: 'ok', seq: event.seq }
  }

  private since(note: Note, rev: number): Delta[] | undefined {
    if (rev === note.rev) return []
    const known = this.deltas.get(note.id)
    return known && rev >= known.from ? known.list.slice(rev - known.from) : undefined
  }

  private remember(effect: Effect): void {
    for (const e of singleEffects(effect)) {
      if (e.kind !== 'note.text') continue
      const { note, delta } = e.effect
      const known = this.deltas.get(note) ?? { from: this.doc.note(note)?.rev ?? 0, list: [] }
      this.deltas.set(note, { ...known, list: [...known.list, delta] })
    }
  }

  /** Settles ops of a client in order, as far as mids go. */
  settle(session: Session, gen: number, ops: readonly NumberedOp[]): Ack[] | 'fenced' | 'disorder' {
    const state = this.client(session.client)
    if (gen !== state.gen) return 'fenced'
    const acks: Ack[] = []
    for (const { mid, ...op } of ops) {
      if (mid > state.lastMid + 1) return 'disorder'
      if (mid <= state.lastMid) {
        acks.push(state.results.find((r) => r.mid === mid) ?? { mid, status: 'noop' })
        continue
      }
      const ack = this.commit(op, session.client, mid, session.role)
      state.lastMid = mid
      state.results = [...state.results, ack].slice(-keptResults)
      acks.push(ack)
    }
    return acks
  }

  /** The log is cut off at what is there now. */
  forgetLog(): void {
    this.logFloor = this.doc.seq
    this.deltas.clear()
  }

  /** Tells everybody but never the news' own peer twice. */
  broadcast(news: PresenceNews): void {
    for (const session of this.sessions) session.conn.send(news)
  }

  /** The clients have not been seen for so long that nothing is kept of them. */
  forget(): void {
    this.clients.clear()
  }

  /** A backup is restored: the board as it was at an earlier seq, and another epoch, if anybody took care of that. */
  restore(from: Snapshot, epoch = this.epoch + 1): void {
    this.epoch = epoch
    this.doc.epoch = epoch
    this.doc.reset(from.seq, from.board, structuredClone(from.notes))
    this.log.length = 0
    this.logFloor = from.seq
    this.clients.clear()
    this.deltas.clear()
  }
}

/**
 * What befalls a frame of ops: nothing; it is lost, with the connection or
 * without, before the commit or after; it is answered with retry, committed or
 * not; it is refused as a whole.
 */
export type Trouble = 'none' | 'lose' | 'cut before commit' | 'cut after commit' | 'retry' | 'retry after commit' | 'refuse frame'

/** One socket's seat on the board. */
export class Session {
  client = ''
  role: Role
  peer: Peer

  constructor(
    private readonly server: TestServer,
    readonly conn: Conn,
    id: string,
  ) {
    this.role = server.role
    this.peer = { id, user: 'u_' + id, name: id, color: 0, role: this.role, cursor: null, selection: [], editing: null }
  }

  gone(): void {
    if (this.server.sessions.delete(this)) this.server.broadcast({ type: 'presence', gone: [this.peer.id] })
  }

  receive(message: ClientMessage): void {
    switch (message.type) {
      case 'hello':
        return this.hello(message)
      case 'ops':
        return this.ops(message.gen, message.ops)
      case 'ping':
        return this.conn.send({ type: 'pong', seq: this.server.doc.seq, hash: this.server.doc.hash() })
      case 'diverged':
        this.server.divergences.push({ client: this.client, seq: message.seq, hash: message.hash })
        return
      case 'presence': {
        const { type: _, ...doing } = message
        const { id, user, name, color, role } = this.peer
        this.peer = { id, user, name, color, role, ...doing }
        return this.server.broadcast({ type: 'presence', peers: [this.peer] })
      }
    }
  }

  private hello(hello: Hello): void {
    const { server } = this
    this.client = hello.client
    this.role = server.role
    for (const other of [...server.sessions]) {
      if (other !== this && other.client === this.client) {
        server.sessions.delete(other)
        other.conn.close(4100)
      }
    }
    server.sessions.add(this)
    const state = server.client(this.client)
    state.gen++
    const { doc, epoch, log, logFloor } = server
    const whole = hello.seq === 0 || hello.epoch !== epoch || hello.seq < logFloor || hello.seq > doc.seq
    const content = whole ? { snapshot: server.snapshot() } : { events: log.filter((e) => e.seq > hello.seq) }
    const roster = [...server.sessions].map((s) => s.peer)
    this.conn.send({
      type: 'welcome', epoch, seq: doc.seq, gen: state.gen, new: state.gen === 1, ahead: hello.epoch === epoch && hello.seq > doc.seq, role: this.role, peer: this.peer.id, last_mid: state.lastMid,
      results: state.results, ...content, roster, heartbeat: server.heartbeat,
    })
    server.broadcast({ type: 'presence', peers: [this.peer] })
  }

  private ops(gen: number, ops: NumberedOp[]): void {
    const trouble = this.server.trouble(ops, this)
    if (trouble === 'lose') return
    if (trouble === 'refuse frame') return this.conn.send({ type: 'error', code: 'limit', reason: 'Too fast.' })
    if (trouble === 'cut before commit') return this.conn.close(1006)
    const [first] = ops
    const retry: ServerMessage = { type: 'ack', acks: [{ mid: first?.mid ?? 0, status: 'retry' }] }
    if (trouble === 'retry') return this.conn.send(retry)
    const acks = this.server.settle(this, gen, ops)
    if (acks === 'disorder') return this.conn.close(4002)
    if (acks === 'fenced') return
    if (trouble === 'cut after commit') this.conn.close(1006)
    else this.conn.send(trouble === 'retry after commit' ? retry : { type: 'ack', acks })
  }
}
