import { Alarm, type Clock } from '../clock.ts'

// What is noticed of a connection that comes back by itself: nothing, for so long.
const lull = 2_000
const drainLull = 15_000

/** The time in which a connection that was lost is expected back before anybody needs to know. */
export class Lull {
  isOn = false
  private isDrain = false
  private readonly over: Alarm

  constructor(clock: Clock, ended: () => void) {
    this.over = new Alarm(clock, () => {
      this.end()
      ended()
    })
  }

  /** The server has told that it goes down: that takes longer. */
  drain(): void {
    this.isDrain = true
  }

  /** The connection was there and is lost. */
  begin(): void {
    this.isOn = true
    this.over.set(this.isDrain ? drainLull : lull)
  }

  /** Connecting again has failed so often since. */
  failed(times: number): void {
    if (times > 1 && !this.isDrain) this.end()
  }

  /** The connection is back, or is not expected any more. */
  end(): void {
    this.over.clear()
    this.isOn = this.isDrain = false
  }
}
