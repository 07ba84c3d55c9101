import { Alarm, type Clock } from '../clock.ts'
import type { ClientMessage } from '../protocol.ts'
import { defaultLimits, type FrameLimits, isMoot, nextFrame, onWire } from './frame.ts'
import type { Entry } from './pending.ts'
import type { Rebase } from './rebase.ts'
import { wasSaved } from './recover.ts'

// A frame that stays without its answers for so long is asked about anew.
const answerWithin = 15_000
// The seal of a frame serves for so long for what only moves in a hand: a little
// shorter than the keeper waits, which then need not write between two seals …
const sealedFor = 200
// … and for so many mids: the server knows its answers to 64 of them, among which
// must be all that were kept.
const mostAnswers = 64
const firstPause = 250
const longestPause = 10_000

/** What the outbox needs of its owner. */
export interface OutboxHooks {
  send(message: ClientMessage): void
  /** Keeps the pending entries, with their mids, over a crash; called before they are sent. False: another page has them. */
  seal(): Promise<boolean>
  /** Another page has what was about to be sent. */
  taken(): void
  /** A waiting entry was dropped, unsent: somebody else's work has made it impossible. */
  moot(entry: Entry): void
  /** Answers are overdue, or the order of mids was lost: say hello again. */
  resync(): void
  mayEdit(): boolean
}

/**
 * Sends pending entries, one frame in flight. Mids are given when an entry goes
 * into its first frame, are kept before it is sent, and never change.
 */
export class Outbox {
  private gen = 0 // 0: not welcome yet
  private flying = new Set<Entry>()
  private nextMid = 1
  private failures = 0
  private isSealing = false // what is in flight has not left yet
  private frames = 0 // counts frames, so that one overtaken while it was sealed is not sent
  private readonly wake: Alarm
  private readonly overdue: Alarm
  private pausedUntil = 0
  private sealedAt = -Infinity
  private sealedMid = 0 // the first that was kept then
  private limits: FrameLimits = defaultLimits
  /** When the last frame was sent. */
  sentAt = -Infinity

  constructor(
    private readonly rebase: Rebase,
    private readonly clock: Clock,
    private readonly hooks: OutboxHooks,
  ) {
    this.wake = new Alarm(clock, () => this.flush())
    this.overdue = new Alarm(clock, () => hooks.resync())
  }

  /** The server has settled everything up to lastMid; what was sent beyond goes again. */
  open(gen: number, lastMid: number, limits: FrameLimits | undefined): void {
    this.land()
    this.gen = gen
    this.limits = limits ?? defaultLimits
    this.number(lastMid)
    this.failures = 0
    this.pausedUntil = 0
    this.flush()
  }

  /** What was sent before goes on from lastMid without a hole: none of it has landed. */
  private number(lastMid: number): void {
    this.nextMid = lastMid + 1
    for (const entry of this.rebase.pending.entries) if (entry.mid > 0) entry.mid = this.nextMid++
  }

  /** The connection is gone: nothing is in flight any more, nothing is sent. */
  close(): void {
    this.land()
    this.gen = 0
    this.sealedAt = -Infinity
    this.wake.clear()
  }

  /**
   * The page is left, and nothing would keep what waits: it goes at once, beside what is
   * in flight. Only what reads on that must stay behind.
   */
  leave(): void {
    if (this.gen === 0 || !this.hooks.mayEdit()) return
    if (this.isSealing) this.land()
    const frame = this.nextFrame().filter((entry) => !this.flying.has(entry))
    if (frame.length === 0) return
    this.take(frame)
    this.launch(frame)
  }

  private land(): void {
    this.isSealing = false
    this.flying.clear()
    this.frames++
    this.overdue.clear()
  }

  /** Tells whether an entry is on its way. */
  isFlying(entry: Entry): boolean {
    return this.flying.has(entry)
  }

  /** Sends what is due, or sets the alarm for when it will be. */
  flush(): void {
    if (this.gen === 0 || this.flying.size > 0 || !this.hooks.mayEdit()) return
    this.dropMoot()
    const { entries } = this.rebase.pending
    if (entries.length === 0) return
    const due = entries.reduce((min, e) => Math.min(min, e.mid > 0 ? 0 : e.due), Infinity)
    const wait = Math.max(due, this.pausedUntil) - this.clock.now()
    if (wait > 0) this.wake.setSooner(wait)
    else void this.sendFrame()
  }

  private dropMoot(): void {
    for (const entry of [...this.rebase.pending.entries]) {
      const why = entry.mid === 0 ? isMoot(entry, this.rebase.confirmed) : undefined
      if (!why) continue
      this.rebase.withdraw(entry)
      if (why === 'superseded') this.hooks.moot(entry)
    }
  }

  private async sendFrame(): Promise<void> {
    const frame = this.nextFrame()
    if (frame.length === 0) return
    this.wake.clear()
    const fresh = frame.some((e) => e.mid === 0)
    this.take(frame)
    const number = ++this.frames
    this.isSealing = true
    const isOurs = !fresh || this.isUnderSeal(frame) || (await this.seal(frame))
    if (number !== this.frames) return
    this.isSealing = false
    if (!isOurs) return this.hooks.taken()
    this.launch(frame)
  }

  private nextFrame(): Entry[] {
    return nextFrame(this.rebase.pending.entries, this.rebase.confirmed, this.limits)
  }

  /** They are in flight from now on. */
  private take(frame: readonly Entry[]): void {
    for (const entry of frame) {
      if (entry.mid === 0) entry.mid = this.nextMid++
      this.flying.add(entry)
    }
  }

  private launch(frame: readonly Entry[]): void {
    const ops = frame.map((entry) => onWire(entry, this.rebase.confirmed))
    this.overdue.set(answerWithin)
    this.sentAt = this.clock.now()
    this.hooks.send({ type: 'ops', gen: this.gen, ops })
  }

  private async seal(frame: readonly Entry[]): Promise<boolean> {
    const isOurs = await this.hooks.seal()
    this.sealedAt = this.clock.now()
    this.sealedMid = frame[0]!.mid
    return isOurs
  }

  /**
   * What moves in a hand leaves under the seal of a frame just before it, for its next
   * state takes its place at once. But not what is kept as unsent: who takes up the
   * work of a page that has crashed would do it again.
   */
  private isUnderSeal(frame: readonly Entry[]): boolean {
    const isFresh = this.clock.now() - this.sealedAt < sealedFor && frame.at(-1)!.mid - this.sealedMid < mostAnswers
    return isFresh && frame.every((e) => e.inHand && !wasSaved(e))
  }

  /** An entry is settled, by its event or by an answer. */
  settled(entry: Entry): void {
    this.failures = 0
    this.flying.delete(entry)
    if (this.flying.size === 0) this.overdue.clear()
  }

  /** The outcome of what is in flight is not known: it goes again after a pause. */
  retry(): void {
    this.land()
    this.failures++
    const longest = Math.min(longestPause, firstPause * 2 ** this.failures)
    this.pausedUntil = this.clock.now() + longest * (0.5 + this.clock.random() / 2)
    this.flush()
  }
}
