import type { Welcome } from '../protocol.ts'
import type { GuardBook } from './guards.ts'
import type { History } from './history.ts'
import { offerOfWork } from './offers.ts'
import type { Rebase } from './rebase.ts'
import { hasForgotten } from './recover.ts'
import type { Settle } from './settle.ts'
import type { Shelf } from './shelf.ts'
import type { SavedWork } from './store.ts'

/** What a welcome changes. */
export interface ArrivalParts {
  rebase: Rebase
  settle: Settle
  shelf: Shelf
  history: History
  guards: GuardBook
  newId: () => string
  /** The pending work as it would be kept. */
  pending(): SavedWork
  /** The document is another, and was not sent along: ask for it. */
  resync(): void
}

/** Brings what is confirmed and pending to where a welcome says that the board is. */
export class Arrival {
  constructor(private readonly parts: ArrivalParts) {}

  take(w: Welcome): void {
    const { rebase, settle } = this.parts
    if (this.isAnotherLife(w)) this.newEpoch(w)
    else if (hasForgotten(w, rebase.pending.entries)) this.forgotten(w)
    else settle.welcome(w)
  }

  /** A log that ends before what it once told was put back too, whatever its epoch says. */
  private isAnotherLife(w: Welcome): boolean {
    const { epoch } = this.parts.rebase.confirmed
    return epoch !== 0 && (w.epoch !== epoch || w.ahead === true)
  }

  /** A restored backup: what is pending is offered, not done again (I14). */
  private newEpoch(w: Welcome): void {
    const { rebase, history, guards, resync } = this.parts
    if (!w.snapshot) return resync()
    this.offer('epoch')
    history.clear()
    guards.clear()
    rebase.replace(w.snapshot, w.epoch, [...rebase.pending.entries])
  }

  /** Nobody knows what became of the edits that were sent: they are offered, not done again (I3). */
  private forgotten(w: Welcome): void {
    const { rebase, settle } = this.parts
    this.offer('forgotten')
    for (const entry of rebase.pending.entries.toReversed()) rebase.withdraw(entry)
    settle.welcome(w)
  }

  private offer(code: 'epoch' | 'forgotten'): void {
    const { shelf, pending, newId } = this.parts
    shelf.add(offerOfWork(pending(), code, newId()))
  }
}
