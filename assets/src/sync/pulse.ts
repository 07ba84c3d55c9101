import type { ClientMessage, Pong } from '../protocol.ts'
import type { Rebase } from './rebase.ts'

/** What a pulse needs of its owner. */
export interface PulseHooks {
  send(message: ClientMessage): void
  /** Says hello again; with 0 the whole document is asked for. */
  hello(seq?: 0): void
  /** Tells whether all that was made here is settled. */
  isSettled(): boolean
}

/** What the server's pongs tell: that an event was lost, or that the documents differ. */
export class Pulse {
  private ahead = 0 // the seq of a pong that was ahead of confirmed

  constructor(
    private readonly rebase: Rebase,
    private readonly hooks: PulseHooks,
  ) {}

  /** The pongs before count no more. */
  reset(): void {
    this.ahead = 0
  }

  /** A pong that is ahead of us twice, with nothing in between: an event was lost. */
  beat({ seq, hash }: Pong): void {
    const { seq: head } = this.rebase.confirmed
    if (seq > head && this.ahead > head) this.hooks.hello()
    else this.ahead = seq > head ? seq : 0
    if (seq === head && hash !== undefined) this.compare(seq, hash)
  }

  /** I8: at the same seq, with nothing pending, all is the same. What is not is told, and taken anew. */
  private compare(seq: number, theirs: string): void {
    if (!this.hooks.isSettled()) return
    const hash = [this.rebase.confirmed, this.rebase.view].map((doc) => doc.hash()).find((ours) => ours !== theirs)
    if (hash === undefined) return
    this.hooks.send({ type: 'diverged', seq, hash })
    this.hooks.hello(0)
  }
}
