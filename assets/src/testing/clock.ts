import type { Clock } from '../clock.ts'

interface Appointment {
  at: number
  order: number
  call: () => void
}

/** A clock that only moves when it is told to, and chance from a seed. */
export class FakeClock implements Clock {
  private time = 0
  private made = 0
  private readonly appointments: Appointment[] = []
  private state: number

  constructor(seed = 1) {
    this.state = seed >>> 0
  }

  now(): number {
    return this.time
  }

  after(ms: number, call: () => void): () => void {
    const one = { at: this.time + Math.max(0, ms), order: this.made++, call }
    this.appointments.push(one)
    return () => {
      const at = this.appointments.indexOf(one)
      if (at >= 0) this.appointments.splice(at, 1)
    }
  }

  /** Mulberry32: small, and good enough to draw scenarios from. */
  random(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = this.state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number from 0 up to n - 1. */
  pick(n: number): number {
    return Math.floor(this.random() * n)
  }

  /** Lets time pass, and all that was appointed and promised happen. */
  async run(ms: number): Promise<void> {
    const end = this.time + ms
    await settled()
    for (let next = this.next(end); next; next = this.next(end)) {
      this.time = Math.max(this.time, next.at)
      this.appointments.splice(this.appointments.indexOf(next), 1)
      next.call()
      await settled()
    }
    this.time = end
  }

  /** Lets time pass until it is true. It throws after a time in which nothing real takes so long. */
  async until(what: string, isTrue: () => boolean, atMost = 600_000): Promise<void> {
    const end = this.time + atMost
    while (!isTrue()) {
      if (this.time >= end) throw new Error(`${what}: not within ${atMost} ms`)
      await this.run(20)
    }
  }

  private next(end: number): Appointment | undefined {
    let first: Appointment | undefined
    for (const a of this.appointments) {
      if (a.at <= end && (!first || a.at < first.at || (a.at === first.at && a.order < first.order))) first = a
    }
    return first
  }
}

/** Resolved when everything that was promised has happened. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
