import { Alarm, type Clock } from '../clock.ts'
import type { Identity, SavedWork, WorkStore } from './store.ts'

const debounce = 5 // ms that changes are gathered
const patience = 500 // ms that sending waits for a store that does not answer

/**
 * Writes the pending work to the store: soon after each change, and before a
 * frame is sent, so that a page that crashes knows which mids it has used.
 */
export class Keeper {
  identity: Identity | undefined
  private readonly soon: Alarm
  private writing: Promise<void> | undefined
  private next: Promise<void> | undefined
  private isEmpty = true

  constructor(
    private readonly store: WorkStore,
    private readonly clock: Clock,
    private readonly board: string,
    private readonly work: (client: string) => SavedWork,
  ) {
    this.soon = new Alarm(clock, () => void this.write())
  }

  /** Takes on what was left behind, or begins anew. */
  async open(): Promise<Identity> {
    this.identity = (await this.store.adopt(this.board)) ?? (await this.store.create(this.board))
    this.isEmpty = this.identity.work === undefined
    return this.identity
  }

  /** More that was left behind, of another page that is gone. */
  findMore(): Promise<Identity | undefined> {
    return this.store.adopt(this.board)
  }

  /** Goes on under another identity, when nothing of this one's own is pending. */
  async switchTo(identity: Identity): Promise<void> {
    const old = this.identity
    this.identity = identity
    this.isEmpty = false
    if (!old) return
    await this.store.forget(this.board, old.client)
    await this.store.release({ board: this.board, client: old.client })
  }

  /** The work has changed. */
  changed(): void {
    if (!this.soon.isSet) this.soon.set(debounce)
  }

  /** Resolved once the work as it is now is kept, or the store takes too long. */
  seal(): Promise<void> {
    return new Promise((resolve) => {
      const giveUp = this.clock.after(patience, resolve)
      void this.write().then(() => {
        giveUp()
        resolve()
      })
    })
  }

  /** Writes at once what has not been written. */
  flush(): Promise<void> {
    return this.write()
  }

  /** Ends: writes what is left and lets go of the identity. */
  async release(): Promise<void> {
    const { identity } = this
    if (!identity) return
    await this.write()
    await this.store.release({ board: this.board, client: identity.client })
  }

  /** One write at a time; whoever asks while one runs gets the next, which holds the latest. */
  private write(): Promise<void> {
    this.soon.clear()
    if (!this.writing) return (this.writing = this.writeNow())
    this.next ??= this.writing.then(() => {
      this.next = undefined
      return (this.writing = this.writeNow())
    })
    return this.next
  }

  private async writeNow(): Promise<void> {
    try {
      const { identity } = this
      if (!identity) return
      const work = this.work(identity.client)
      const isEmpty = work.entries.length === 0 && !work.earlier
      if (isEmpty && this.isEmpty) return
      await (isEmpty ? this.store.forget(this.board, identity.client) : this.store.keep(work))
      this.isEmpty = isEmpty
    } catch (error) {
      // The work is still in memory and on its way to the server.
      console.warn('unsaved work could not be kept for a reload:', error)
    } finally {
      this.writing = undefined
    }
  }
}
