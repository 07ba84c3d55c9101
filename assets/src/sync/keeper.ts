import { Alarm, type Clock } from '../clock.ts'
import { newId } from '../notes/id.ts'
import type { Identity, SavedWork, WorkStore } from './store.ts'

const debounce = 5 // ms that changes are gathered
const inHand = 250 // ms between the writes of what somebody is moving
const patience = 500 // ms that sending waits for a store that does not answer
const again = 5_000 // ms until a store that failed is tried again
const settled = 500 // ms that work which is done stays kept: while edits follow each other, each is one write

/**
 * Writes the pending work to the store: soon after each change, and before a
 * frame is sent, so that a page that crashes knows which mids it has used.
 */
export class Keeper {
  identity: Identity | undefined
  private readonly soon: Alarm
  private readonly tidy: Alarm
  private readonly writing = new Set<Promise<boolean>>() // more than one only while a page is left
  private next: Promise<boolean> | undefined
  private isEmpty = true
  private wroteAt = -Infinity
  private failed = false
  private isUnheld = false // the identity is one that no store has given

  constructor(
    private readonly store: WorkStore,
    private readonly clock: Clock,
    private readonly board: string,
    private readonly work: (client: string) => SavedWork,
    private readonly isInHand: () => boolean, // all of the work
    private readonly written: () => void, // or tried to
  ) {
    this.soon = new Alarm(clock, () => void this.writeSoon())
    this.tidy = new Alarm(clock, () => void this.write())
  }

  /** Tells whether what is not saved would be gone with this page. */
  get isFragile(): boolean {
    return this.failed || !this.store.keeps
  }

  /** Tells whether the latest is not kept yet. */
  get isBehind(): boolean {
    return !this.failed && (this.soon.isSet || this.writing.size > 0)
  }

  /** Takes on what was left behind, or begins anew. */
  async open(): Promise<Identity> {
    this.identity = await this.begin()
    this.isEmpty = this.identity.work === undefined
    return this.identity
  }

  /** A store that fails must not keep anybody from the board. */
  private async begin(): Promise<Identity> {
    try {
      return (await this.store.adopt(this.board)) ?? (await this.store.create(this.board))
    } catch (error) {
      console.warn('what was left unsaved could not be read:', error)
      this.failed = this.isUnheld = true
      return { client: newId(), work: undefined }
    }
  }

  /** More that was left behind, of another page that is gone. */
  findMore(): Promise<Identity | undefined> {
    return this.store.adopt(this.board)
  }

  /** Tells whether what is kept under the identity is still this page's own. */
  async owns(): Promise<boolean> {
    return this.isUnheld || (this.identity !== undefined && (await this.store.owns(this.board, this.identity.client)))
  }

  /** Tells whether another page, which is open, has this client id. */
  isElsewhere(client: string): Promise<boolean> {
    return this.store.isElsewhere(this.board, client).catch(() => false)
  }

  /** An identity that nobody has had. */
  fresh(): Promise<Identity> {
    return this.store.create(this.board)
  }

  /** Goes on under another identity; what is pending goes along, and none of it has landed. */
  async switchTo(identity: Identity): Promise<void> {
    const old = this.identity
    this.identity = identity
    this.isEmpty = this.isUnheld = false
    // What was offered under the old one lies under the new one before it is forgotten there.
    if (!old || !(await this.write())) return
    await this.store.forget(this.board, old.client)
    await this.store.release({ board: this.board, client: old.client })
  }

  /** The work may have changed. */
  changed(): void {
    if (this.isEmpty && this.writing.size === 0 && this.isDone()) return // others work, and nothing is kept
    if (this.failed && this.soon.isSet) return // it is tried again, but not with each change
    this.soon.setSooner(this.isInHand() ? Math.max(debounce, this.wroteAt + inHand - this.clock.now()) : debounce)
  }

  /** What is done need not go at once: the server knows that it landed. */
  private writeSoon(): void {
    if (!this.isDone()) void this.write()
    else if (!this.isEmpty && !this.tidy.isSet) this.tidy.set(settled)
  }

  private isDone(): boolean {
    return this.identity !== undefined && isEmpty(this.work(this.identity.client))
  }

  /**
   * Resolved once the work as it is now is kept, or the store takes too long. False
   * when it is not this page's own any more: it slept, and another one makes its edits.
   */
  seal(): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = this.clock.after(patience, () => resolve(true))
      void Promise.all([this.write(), this.owns().catch(() => true)]).then(([, isOurs]) => {
        giveUp()
        resolve(isOurs)
      })
    })
  }

  /**
   * Writes at once what has not been written, beside a write that is still on its
   * way: the page may be gone before that is answered, and the store takes them in
   * their order. False when it could not be.
   */
  flush(): Promise<boolean> {
    this.soon.clear()
    this.tidy.clear()
    this.wroteAt = this.clock.now()
    const write = this.tryToPut().then((isDone) => {
      this.writing.delete(write)
      this.written()
      return isDone
    })
    this.writing.add(write)
    return write
  }

  /** Ends: writes what is left and lets go of the identity. */
  async release(): Promise<void> {
    const { identity } = this
    if (!identity) return
    await this.write()
    await this.store.release({ board: this.board, client: identity.client })
  }

  /** One write at a time, but for that of a page being left; whoever asks while one runs gets the next, which holds the latest. */
  private write(): Promise<boolean> {
    if (this.writing.size === 0) return this.flush()
    this.next ??= Promise.all(this.writing).then(() => {
      this.next = undefined
      return this.flush()
    })
    return this.next
  }

  private async tryToPut(): Promise<boolean> {
    const before = this.failed
    try {
      if (await this.put()) this.failed = false
    } catch (error) {
      // The work is still in memory and on its way to the server.
      if (!before) console.warn('unsaved work could not be kept for a reload:', error)
      this.failed = true
      this.soon.set(again)
    }
    return !this.failed
  }

  /** Puts the work where it is kept; false when there is nothing to be done. */
  private async put(): Promise<boolean> {
    const { identity } = this
    if (!identity) return false
    const work = this.work(identity.client)
    const isDone = isEmpty(work)
    if (isDone && this.isEmpty) return false
    await (isDone ? this.store.forget(this.board, identity.client) : this.store.keep(work))
    this.isEmpty = isDone
    return true
  }
}

function isEmpty(work: SavedWork): boolean {
  return work.entries.length === 0 && !work.earlier && !work.offers
}
