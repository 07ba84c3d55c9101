import { Alarm, type Clock } from '../clock.ts'
import type { Doing, OwnPresence } from '../protocol.ts'

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
  private state: Doing = { cursor: null, selection: [], editing: null }
  private told = '' // what was sent last, as JSON; '' when the others know nothing
  private known: Doing | undefined // the state that says no more than that
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

  /** This part of the board is in sight, or nobody needs to know. */
  view(rect: { x: number; y: number; w: number; h: number } | null): void {
    const { view: _, ...rest } = this.state
    this.become(rect ? { ...rest, view: [Math.round(rect.x), Math.round(rect.y), Math.ceil(rect.w), Math.ceil(rect.h)] } : rest)
  }

  /** This peer's view is followed, or nobody's. */
  following(id: string | null): void {
    const { following: _, ...rest } = this.state
    this.become(id ? { ...rest, following: id } : rest)
  }

  /** Nobody looks at this page, or nobody has moved a hand for long. */
  away(is: boolean): void {
    const { away: _, ...rest } = this.state
    this.become(is ? { ...rest, away: true } : rest)
  }

  /** What is selected is in the hand, or was put down. */
  holding(is: boolean): void {
    const { holding: _, ...rest } = this.state
    this.become(is ? { ...rest, holding: true } : rest)
  }

  /** The others know nothing of this client yet: it has just arrived. */
  introduce(): void {
    this.told = ''
    this.known = undefined
    this.flush()
  }

  /** Looks again whether somebody is there to be told. A hand says more than is sent: only what is sent is written out. */
  flush(): void {
    if (this.state === this.known || this.isAlone()) return
    const wait = this.sentAt + pace - this.clock.now()
    if (wait <= 0) this.tell()
    else if (!this.alarm.isSet) this.alarm.set(wait)
  }

  private tell(): void {
    const message = inOrder(this.state)
    const text = JSON.stringify(message)
    if (text !== this.told) {
      if (!this.send(message)) return
      this.told = text
      this.sentAt = this.clock.now()
    }
    this.known = this.state
  }

  /** Sends nothing more until introduced again. */
  stop(): void {
    this.alarm.clear()
  }

  private change(part: Partial<Doing>): void {
    this.become({ ...this.state, ...part })
  }

  private become(state: Doing): void {
    this.state = state
    this.flush()
  }
}

/** The message as the server reads it fastest: the fields always in this order. */
function inOrder({ cursor, selection, editing, view, following, away, holding }: Doing): OwnPresence {
  return {
    type: 'presence', cursor, selection, editing,
    ...(view && { view }), ...(following && { following }), ...(away && { away }), ...(holding && { holding }),
  }
}
