// Something that may be done often, done at most every so many milliseconds:
// the first time at once, the last one always.

import { Alarm, type Clock, realClock } from '../clock.ts'

export class Rate {
  private last = -Infinity
  private readonly alarm: Alarm

  constructor(
    private readonly ms: number | (() => number),
    private readonly deed: () => void,
    private readonly clock: Clock = realClock,
  ) {
    this.alarm = new Alarm(clock, () => this.run())
  }

  ask(): void {
    if (this.alarm.isSet) return
    const ms = typeof this.ms === 'number' ? this.ms : this.ms()
    const wait = this.last + ms - this.clock.now()
    if (wait <= 0) this.run()
    else this.alarm.set(wait)
  }

  /** Forgets what is still waiting. */
  cancel(): void {
    this.alarm.clear()
  }

  private run(): void {
    this.last = this.clock.now()
    this.deed()
  }
}
