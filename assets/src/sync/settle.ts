import { isLive, type Note } from '../notes/note.ts'
import type { Event, SingleOp } from '../notes/op.ts'
import type { Ack, Welcome } from '../protocol.ts'
import { dependents } from './dependents.ts'
import { optional } from './editing.ts'
import type { Outbox } from './outbox.ts'
import type { Entry } from './pending.ts'
import type { Rebase } from './rebase.ts'
import type { Rejected } from './types.ts'
import { superseded } from './undo.ts'
import { wordsOf } from './words.ts'

type Rejection = Extract<Ack, { status: 'rejected' }>

/** What settling needs of its owner. */
export interface SettleHooks {
  rejected(r: Rejected): void
  /** What is sent is not saved for a reason that lasts, or, without one, is saved again. */
  held(reason?: string): void
  /** An event is missing: say hello again. */
  gap(): void
}

/** Brings every pending entry to its end, by what the server says (I12). */
export class Settle {
  constructor(
    private readonly rebase: Rebase,
    private readonly outbox: Outbox,
    private readonly client: () => string,
    private readonly hooks: SettleHooks,
  ) {}

  /** Committed ops, everybody's. */
  events(events: readonly Event[]): void {
    for (const event of events) {
      const head = this.rebase.confirmed.seq
      if (event.seq <= head) continue
      if (event.seq > head + 1) return this.hooks.gap()
      const own = event.client === this.client() ? this.rebase.pending.byMid(event.mid) : undefined
      this.rebase.confirm(event, own)
      if (!own) continue
      this.outbox.settled(own)
      this.hooks.held()
    }
  }

  /** Answers to ops of this client. */
  acks(acks: readonly Ack[]): void {
    for (const ack of acks) {
      const entry = this.rebase.pending.byMid(ack.mid)
      if (!entry) continue
      this.hooks.held(ack.status === 'retry' ? ack.reason : undefined)
      if (ack.status === 'retry') return this.outbox.retry()
      this.answer(entry, ack)
    }
  }

  private answer(entry: Entry, ack: Exclude<Ack, { status: 'retry' }>): void {
    switch (ack.status) {
      case 'ok':
        // Its event comes first; one that was confirmed without being recognised is in the document already.
        if (ack.seq > this.rebase.confirmed.seq) return
        this.outbox.settled(entry)
        entry.seq = ack.seq
        return this.rebase.absorb(entry)
      case 'noop':
        this.outbox.settled(entry)
        if (entry.guards.length > 0) this.hooks.rejected(superseded(entry.op, this.rebase.changedBy(entry.op)))
        return this.rebase.withdraw(entry)
      case 'rejected':
        this.outbox.settled(entry)
        return this.refuse(entry, ack)
    }
  }

  /**
   * A welcome in the same epoch: the server has settled every mid up to its
   * last_mid; what was sent beyond has had no effect, and now never will (I5).
   */
  welcome(welcome: Welcome): void {
    const { last_mid, results = [], snapshot } = welcome
    const settled = (e: Entry): boolean => e.mid > 0 && e.mid <= last_mid
    const answers = new Map(results.map((ack) => [ack.mid, ack]))
    if (snapshot) {
      this.answerSettled(settled, answers, (ack) => ack.status === 'rejected' || ack.status === 'noop')
      const landed = this.rebase.pending.entries.filter(settled)
      for (const entry of landed) entry.seq = seqOf(answers.get(entry.mid))
      this.rebase.replace(snapshot, welcome.epoch, landed)
    } else {
      this.events(welcome.events ?? [])
      this.answerSettled(settled, answers, () => true)
    }
  }

  private answerSettled(settled: (e: Entry) => boolean, answers: Map<number, Ack>, which: (ack: Ack) => boolean): void {
    for (const entry of this.rebase.pending.entries.filter(settled)) {
      const ack: Ack = answers.get(entry.mid) ?? { mid: entry.mid, status: 'ok', seq: 0 }
      if (ack.status !== 'retry' && which(ack)) this.answer(entry, ack)
    }
  }

  /** Ends an entry that the server refused; what can still be saved of it goes again. */
  refuse(entry: Entry, ack: Pick<Rejection, 'code' | 'reason' | 'note'>): void {
    if (this.again(entry, ack.code)) return
    const { entries } = this.rebase.pending
    const waiting = entries.slice(entries.indexOf(entry) + 1).filter((e) => e.mid === 0)
    const lost = [entry, ...dependents(entry, ack.code, waiting)]
    const text = wordsOf(lost, this.rebase)
    for (const e of lost.toReversed()) this.rebase.withdraw(e)
    const { code, reason, note } = ack
    this.hooks.rejected({ op: entry.op, code, reason, ...optional('note', note), ...optional('text', text) })
  }

  /**
   * Text on a base that the server no longer has reads by now on what is
   * confirmed. A batch refused for notes that are gone, or locked, is done without them.
   */
  private again(entry: Entry, code: string): boolean {
    if (code === 'stale' && entry.textNotes().length > 0) {
      this.rebase.pending.requeue(entry)
      return true
    }
    if (entry.op.kind !== 'batch') return false
    const kept = this.without(entry.op.ops, code)
    if (kept.length === 0 || kept.length === entry.op.ops.length) return false
    entry.op = { kind: 'batch', ops: kept }
    this.rebase.pending.requeue(entry)
    return true
  }

  /** What is left of a batch that was refused with this code. */
  private without(ops: SingleOp[], code: string): SingleOp[] {
    const note = (id: string): Note | undefined => this.rebase.confirmed.note(id)
    if (code === 'locked') return withoutLocked(ops, (id) => note(id)?.locked === true)
    return code === 'deleted' || code === 'not_found' ? withoutDead(ops, (id) => isLive(note(id))) : ops
  }
}

function seqOf(ack: Ack | undefined): number {
  return ack?.status === 'ok' ? ack.seq : 0
}

/** The ops of a batch without changes of notes that are locked, unless it unlocks them; words stay, for they would be lost. */
function withoutLocked(ops: SingleOp[], isLocked: (id: string) => boolean): SingleOp[] {
  const open = new Set<string>()
  return ops.filter((op) => {
    if (op.kind !== 'note.set' && op.kind !== 'note.delete') return true
    if (op.kind === 'note.set' && op.set.locked === false) open.add(op.note)
    return open.has(op.note) || !isLocked(op.note)
  })
}

/** The ops of a batch without changes of notes that are gone. */
function withoutDead(ops: SingleOp[], isAlive: (id: string) => boolean): SingleOp[] {
  const made = new Set<string>()
  return ops.filter((op) => {
    if (op.kind === 'board.set') return true
    if (op.kind === 'note.create' || op.kind === 'note.restore') made.add(op.note)
    return op.kind !== 'note.set' || made.has(op.note) || isAlive(op.note)
  })
}
