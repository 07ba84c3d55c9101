import { Alarm, type Clock } from '../clock.ts'
import type { OwnPresence } from '../protocol.ts'

// At most 20 frames a second; the first after a pause leaves at once.
const pace = 50

// The most notes that a selection shows to others; more is "a lot" to anybody.
const mostSelected = 100

/**
 * Tells the others where this client's pointer is, what it has selected and
 * which note it edits. Always whole, newest wins, nothing when nobody is there
 * to see it.
 */
export class PresenceSender {
  private state: OwnPresence = { type: 'presence', cursor: null, selection: [], editing: null }
  private told = '' // what was sent last, as JSON; '' when the others know nothing
  private sentAt = -Infinity
  private readonly alarm: Alarm

  constructor(
    private readonly clock: Clock,
    private readonly isAlone: () => boolean,
    private readonly send: (message: OwnPresence) => boolean,
  ) {
    this.alarm = new Alarm(clock, () => this.flush())
  }

  /** The pointer is at board coordinates, or elsewhere. */
  cursor(at: [number, number] | null): void {
    this.change({ cursor: at && [Math.round(at[0]), Math.round(at[1])] })
  }

  /** These notes are selected. */
  selection(ids: string[]): void {
    this.change({ selection: ids.slice(0, mostSelected) })
  }

  /** This note's text is being edited, or none. */
  editing(id: string | null): void {
    this.change({ editing: id })
  }

  /** The others know nothing of this client yet: it has just arrived. */
  introduce(): void {
    this.told = ''
    this.flush()
  }

  /** Looks again whether somebody is there to be told. */
  flush(): void {
    const text = JSON.stringify(this.state)
    if (text === this.told || this.isAlone()) return
    const wait = this.sentAt + pace - this.clock.now()
    if (wait > 0) {
      if (!this.alarm.isSet) this.alarm.set(wait)
    } else if (this.send(this.state)) {
      this.told = text
      this.sentAt = this.clock.now()
    }
  }

  /** Sends nothing more until introduced again. */
  stop(): void {
    this.alarm.clear()
  }

  private change(part: Partial<OwnPresence>): void {
    this.state = { ...this.state, ...part }
    this.flush()
  }
}
