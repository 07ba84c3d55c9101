import { Alarm, type Clock, realClock } from '../clock.ts'
import { Connection, type ConnectionOptions } from '../net/socket.ts'
import type { Delta } from '../notes/delta.ts'
import { Document, type Snapshot } from '../notes/document.ts'
import { newId } from '../notes/id.ts'
import type { Author } from '../notes/note.ts'
import type { Op } from '../notes/op.ts'
import { PresenceSender } from '../presence/own.ts'
import { Roster } from '../presence/roster.ts'
import { mayEdit, type PresenceNews, type Role, type ServerMessage, type Welcome } from '../protocol.ts'
import { Arrival } from './arrival.ts'
import { Editing, optional } from './editing.ts'
import { GuardBook } from './guards.ts'
import { History } from './history.ts'
import { Inheritance } from './inheritance.ts'
import { Keeper } from './keeper.ts'
import { Listeners } from './listeners.ts'
import { Lull } from './lull.ts'
import { Memory, type TabStore } from './memory.ts'
import { Namesake } from './namesake.ts'
import { Outbox } from './outbox.ts'
import { Pulse } from './pulse.ts'
import { Rebase } from './rebase.ts'
import { workOf } from './recover.ts'
import { Settle } from './settle.ts'
import { Shelf } from './shelf.ts'
import { beginning, type End, sameState, saveState } from './state.ts'
import type { Identity, SavedWork, WorkStore } from './store.ts'
import type { Change, Rejected, SaveState, SubmitOptions } from './types.ts'
import { superseded } from './undo.ts'

// A hello on an open socket that stays unanswered for so long ends that socket.
const welcomeWithin = 10_000

// Own edits that rest for so long, and are saved, are kept for undoing after a crash.
const restAfter = 1_000

export interface ClientOptions extends Pick<ConnectionOptions, 'dial' | 'signals' | 'ticket'> {
  board: string
  epoch: number
  role: Role
  snapshot: Snapshot // the document that the page came with
  me: Author | null
  store: WorkStore
  tab?: TabStore // where undo steps are kept over a reload
  clock?: Clock
  newId?: () => string
  /** Told when an own edit landed otherwise than foreseen; for tests. */
  drifted?: (note: string, foreseen: string, landed: string) => void
}

/**
 * One page's share in a live board: shows confirmed + pending, sends what is
 * pending, and brings every edit to an end that the person can see.
 */
export class SyncClient {
  readonly roster: Roster
  readonly presence: PresenceSender
  /** Edits that came to nothing, for the person to choose what becomes of them. */
  readonly shelf: Shelf
  private readonly guards = new GuardBook()
  private readonly history = new History(this.guards)
  private readonly rebase: Rebase
  private readonly outbox: Outbox
  private readonly settle: Settle
  private readonly arrival: Arrival
  private readonly editing: Editing
  private readonly keeper: Keeper
  private readonly left: Inheritance
  private readonly connection: Connection
  private readonly unanswered: Alarm
  private readonly lull: Lull
  private readonly resting: Alarm
  private readonly namesake: Namesake
  private readonly pulse: Pulse
  private readonly changeListeners = new Listeners<Change>()
  private readonly stateListeners = new Listeners<SaveState>()
  private readonly roleListeners = new Listeners<Role>()
  private more: Identity | undefined // left behind by yet another page; its turn comes when all else is saved
  private currentRole: Role
  private stopped = false
  private unlisten: (() => void) | undefined
  private readonly now = beginning()
  private state: SaveState = saveState(this.now)

  constructor(private readonly options: ClientOptions) {
    const clock = options.clock ?? realClock
    const { board, epoch, snapshot, me } = options
    this.currentRole = options.role
    this.rebase = new Rebase(
      new Document(epoch, snapshot.seq, snapshot.board, snapshot.notes),
      { id: me?.id ?? '', name: me?.name ?? '' },
      this.guards,
      {
        patched: (note, delta) => this.history.patched(note, delta),
        returned: (note) => this.history.forgetText(note),
        drifted: (note, foreseen, landed) => options.drifted?.(note, foreseen, landed),
      },
    )
    const makeId = options.newId ?? newId
    const may = (): boolean => mayEdit(this.currentRole)
    this.shelf = new Shelf(makeId, {
      view: () => this.view, confirmed: () => this.confirmed, mayEdit: may, submit: (op, how) => this.submit(op, how), changed: () => this.after(),
    })
    const memory = options.tab && new Memory(options.tab, this.rebase, this.history, this.guards, me?.id ?? '')
    this.left = new Inheritance(this.rebase, this.shelf, makeId, memory)
    this.keeper = new Keeper(options.store, clock, board, (client) => this.workNow(client), () => this.rebase.pending.isInHand, () => this.tellState())
    this.connection = new Connection({ ...options, clock }, {
      opened: (ticket) => this.hello(ticket),
      message: (message) => this.receive(message),
      closed: (why, reason) => this.closed(why, reason),
    })
    const rejected = (r: Rejected): void => this.shelf.reject(r)
    this.outbox = new Outbox(this.rebase, clock, {
      send: (message) => void this.connection.send(message),
      seal: () => this.keeper.seal(),
      taken: () => this.lost(),
      moot: (entry) => rejected(superseded(entry.op, this.rebase.changedBy(entry.op))),
      resync: () => this.hello(),
      mayEdit: may,
    })
    this.settle = new Settle(this.rebase, this.outbox, () => this.clientId, {
      rejected, gap: () => this.hello(), held: (reason) => void (this.now.trouble = reason),
    })
    this.arrival = new Arrival({
      rebase: this.rebase, settle: this.settle, shelf: this.shelf, history: this.history, guards: this.guards, newId: makeId,
      pending: () => workOf(this.rebase, board, this.clientId, { offers: [], earlier: undefined }), resync: () => this.hello(undefined, 0),
    })
    this.editing = new Editing(this.rebase, this.history, clock, {
      mayEdit: may, rejected, lastSent: () => this.outbox.sentAt, changed: () => (this.resting.set(restAfter), this.after()),
    })
    this.roster = new Roster(() => clock.now())
    this.presence = new PresenceSender(
      clock,
      () => !this.now.welcome || this.roster.peers.size === 0,
      (message) => this.connection.send(message),
    )
    this.namesake = new Namesake(clock, this.keeper, {
      again: () => !this.stopped && this.connection.start(),
      renumber: () => this.rebase.pending.entries.forEach((entry) => (entry.mid = 0)),
      afresh: () => !this.stopped && this.connection.restart('a client id of its own'),
      lost: () => this.lost(),
    })
    this.pulse = new Pulse(this.rebase, {
      send: (message) => this.connection.send(message),
      hello: (seq) => this.hello(undefined, seq),
      isSettled: () => this.rebase.pending.size === 0 && !this.left.work,
    })
    this.resting = new Alarm(clock, () => this.rest())
    this.lull = new Lull(clock, () => this.tellState())
    this.unanswered = new Alarm(clock, () => this.connection.restart('no welcome'))
  }

  /** What is shown: confirmed + pending. */
  get view(): Document {
    return this.rebase.view
  }

  /** What the server has confirmed. */
  get confirmed(): Document {
    return this.rebase.confirmed
  }

  /** This page's client id; empty until it has one. */
  get clientId(): string {
    return this.keeper.identity?.client ?? ''
  }

  get role(): Role {
    return this.currentRole
  }

  get canUndo(): boolean {
    return this.history.canUndo
  }

  get canRedo(): boolean {
    return this.history.canRedo
  }

  /** Connects, and takes up work that an earlier page left behind. */
  start(): void {
    this.unlisten = this.options.signals?.((signal) => {
      if (signal !== 'hidden' && signal !== 'pagehide') return
      this.left.memory?.keep(this.clientId)
      void this.keeper.flush()
      if (this.keeper.isFragile) this.outbox.leave()
    })
    void this.begin()
  }

  private rest(): void {
    if (this.now.welcome && this.rebase.pending.size > 0) this.resting.set(restAfter)
    else this.left.memory?.rest(this.clientId)
  }

  /** Looks for what other pages, gone by now, have left behind. */
  private async lookForMore(): Promise<void> {
    if (this.more || this.stopped) return
    this.more = await this.keeper.findMore().catch(() => undefined)
    this.after()
  }

  /** When all is saved, goes on as the page that left the work behind: its mids are its own. */
  private takeOver(): void {
    const { more } = this
    if (!more || !this.now.welcome || this.left.work || this.rebase.pending.size > 0) return
    this.more = undefined
    this.left.take(more.work)
    void this.keeper.switchTo(more)
    this.connection.restart('more left-behind work')
  }

  private async begin(): Promise<void> {
    const { work } = await this.keeper.open()
    await this.left.memory?.begin((client) => this.keeper.isElsewhere(client))
    this.left.take(work)
    if (this.stopped) return
    this.now.started = true
    this.connection.start()
    this.after()
  }

  private workNow(client: string): SavedWork {
    return workOf(this.rebase, this.options.board, client, { offers: this.shelf.offers, earlier: this.left.work })
  }

  /** Disconnects and lets go of the client id. Unsaved work stays kept. */
  stop(): void {
    this.stopped = true
    this.unlisten?.()
    this.connection.stop()
    this.outbox.close()
    this.presence.stop()
    this.unanswered.clear()
    this.resting.clear()
    this.lull.end()
    void this.keeper.release()
  }

  /** Makes an edit. What is wrong with it is told through onRejected. */
  submit(op: Op, options?: SubmitOptions): void {
    this.editing.submit(op, options)
  }

  /** What was in the hand was put down: it is kept now like any other edit. */
  putDown(): void {
    for (const entry of this.rebase.pending.entries) entry.inHand = false
    this.editing.putDown()
    this.keeper.changed()
  }

  /** Types into a note: a delta on the text that is shown. */
  text(note: string, delta: Delta, pasted = false): void {
    this.editing.text(note, delta, pasted)
  }

  undo(): void {
    this.editing.undo()
  }

  redo(): void {
    this.editing.redo()
  }

  onChange(fn: (change: Change) => void): () => void {
    return this.changeListeners.add(fn)
  }

  /** Calls fn with the state now and whenever it changes. */
  onState(fn: (state: SaveState) => void): () => void {
    fn(this.state)
    return this.stateListeners.add(fn)
  }

  onRejected(fn: (rejected: Rejected) => void): () => void {
    return this.shelf.onRejected(fn)
  }

  onRole(fn: (role: Role) => void): () => void {
    return this.roleListeners.add(fn)
  }

  /** The fingerprint of what is shown. */
  hash(): string {
    return this.view.hash()
  }

  /** The last seq that is confirmed. */
  get seq(): number {
    return this.confirmed.seq
  }

  /** Says what we have; until the welcome nothing else counts. */
  private hello(ticket?: string, seq = this.confirmed.seq): void {
    this.away()
    this.now.open = true
    const { confirmed: { epoch }, options: { board } } = this
    this.connection.send({ type: 'hello', board, client: this.clientId, epoch, seq, ...optional('ticket', ticket) })
    this.unanswered.set(welcomeWithin)
    this.tellState()
  }

  /** What comes between a hello and its welcome belongs to the time before. */
  private away(): void {
    if (this.now.welcome) this.lull.begin()
    this.now.welcome = false
    this.pulse.reset()
    this.outbox.close()
  }

  private closed(why: 'again' | End, reason: string): void {
    this.away()
    this.now.open = false
    this.now.failures++
    if (why === 'again') this.now.trouble = reason
    else if (why === 'replaced') void this.namesake.met()
    else this.end(why)
    this.lull.failed(this.now.failures)
    this.unanswered.clear()
    this.roster.clear()
    this.tellState()
  }

  /** There is no coming back. Whoever goes on writing would write for nobody. */
  private end(why: End): void {
    this.now.end = why
    this.setRole('viewer')
  }

  /** Another page has this one's work. */
  private lost(): void {
    this.connection.stop()
    this.outbox.close()
    this.end('replaced')
    this.after()
  }

  private receive(message: ServerMessage): void {
    if (message.type === 'presence') return this.meet(message)
    if (message.type === 'welcome') this.welcome(message)
    else if (this.now.welcome) this.take(message)
    this.after()
  }

  /** What others do comes thirty times a second, and changes nothing of what is pending, kept or saved. */
  private meet(news: PresenceNews): void {
    if (!this.now.welcome) return
    this.roster.apply(news)
    this.presence.flush()
  }

  private take(message: Exclude<ServerMessage, Welcome | PresenceNews>): void {
    switch (message.type) {
      case 'events':
        return this.settle.events(message.events)
      case 'ack':
        return this.settle.acks(message.acks)
      case 'pong':
        this.pulse.beat(message)
        return void this.lookForMore()
      case 'perm':
        return this.setRole(message.role)
      case 'drain':
        this.lull.drain()
        return this.connection.drain(message.within)
      case 'error':
        return this.outbox.retry()
      case 'resync':
        return this.hello(undefined, 0)
    }
  }

  private welcome(w: Welcome): void {
    this.unanswered.clear()
    this.now.welcome = true
    this.now.failures = 0
    this.now.trouble = undefined
    this.lull.end()
    this.connection.settled(w.heartbeat)
    this.setRole(w.role)
    this.arrival.take(w)
    if (!this.now.welcome) return
    this.left.takeUp(w)
    this.resting.set(restAfter)
    if (this.namesake.isMet) return void this.namesake.part()
    this.arrive(w)
    void this.lookForMore()
  }

  private arrive(w: Welcome): void {
    this.roster.reset(w.peer, w.roster ?? [])
    this.presence.introduce()
    const { limits } = w
    this.outbox.open(w.gen, w.last_mid, limits && { ops: limits.ops, bytes: limits.frame })
  }

  private setRole(role: Role): void {
    const before = this.currentRole
    if (role === before) return
    this.currentRole = role
    if (mayEdit(before) || mayEdit(role)) this.now.demoted = !mayEdit(role)
    this.roleListeners.tell(role)
  }

  /** After anything happened: send what is due, keep what is pending, tell who listens. */
  private after(): void {
    this.takeOver()
    this.outbox.flush()
    this.keeper.changed()
    const change = this.rebase.changes.take()
    if (change) {
      this.shelf.look(change)
      this.changeListeners.tell(change)
    }
    this.shelf.tell()
    this.tellState()
  }

  private tellState(): void {
    this.now.unsaved = this.left.size + this.rebase.pending.size
    if (this.now.unsaved > 0 && !mayEdit(this.currentRole)) this.now.demoted = true
    this.now.brief = this.lull.isOn
    this.now.behind = this.keeper.isBehind
    this.now.fragile = this.now.started && this.keeper.isFragile
    const state = saveState(this.now)
    if (sameState(state, this.state)) return
    this.state = state
    this.stateListeners.tell(state)
  }
}
