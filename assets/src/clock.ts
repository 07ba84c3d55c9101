/** Time and chance, handed in so that tests can hold both. */
export interface Clock {
  /** Milliseconds that only ever grow. */
  now(): number
  /** Calls once after ms; the answer cancels it. */
  after(ms: number, call: () => void): () => void
  /** A number from 0 up to 1. */
  random(): number
}

/** The real one. */
export const realClock: Clock = {
  now: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, Math.ceil(ms)) // it cuts off parts of a millisecond, and who is called too early sets it again
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
}

/** A timer that holds at most one appointment. */
export class Alarm {
  private cancel: (() => void) | undefined
  private at = Infinity

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  /** Rings after ms, instead of at whatever time was set before. */
  set(ms: number): void {
    this.clear()
    this.at = this.clock.now() + ms
    this.cancel = this.clock.after(ms, () => {
      this.cancel = undefined
      this.at = Infinity
      this.ring()
    })
  }

  /** Rings after ms, or earlier if it was to ring earlier. */
  setSooner(ms: number): void {
    if (this.clock.now() + ms < this.at) this.set(ms)
  }

  clear(): void {
    this.cancel?.()
    this.cancel = undefined
    this.at = Infinity
  }

  get isSet(): boolean {
    return this.cancel !== undefined
  }
}
