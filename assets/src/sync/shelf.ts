import type { Document } from '../notes/document.ts'
import type { Note } from '../notes/note.ts'
import type { Op } from '../notes/op.ts'
import { Listeners } from './listeners.ts'
import { covers, deletedWhileWriting, isBack, type Offer, offerOfRefusal, offerOfWords } from './offers.ts'
import type { putBack } from './put-back.ts'
import type { Change, Rejected, SubmitOptions } from './types.ts'

/** What the shelf needs of its owner. */
export interface ShelfHooks {
  view(): Document
  confirmed(): Document
  mayEdit(): boolean
  submit(op: Op, options: SubmitOptions): void
  /** What is offered has changed. */
  changed(): void
}

/** Where edits that came to nothing lie until the person has been told, or has chosen what becomes of them. */
export class Shelf {
  offers: readonly Offer[] = []
  private readonly offerListeners = new Listeners<readonly Offer[]>()
  private readonly rejectedListeners = new Listeners<Rejected>()
  private untold: Rejected[] = []
  private told: readonly Offer[] = this.offers

  constructor(
    private readonly newId: () => string,
    private readonly hooks: ShelfHooks,
  ) {}

  /** An edit came to nothing; its words, if it has any, are offered. */
  reject(refused: Rejected): void {
    this.untold.push(refused)
    this.add(offerOfRefusal(refused, this.hooks.view(), this.newId))
  }

  /** Adds an offer; one that says less of the same goes. */
  add(offer: Offer | undefined): void {
    if (!offer || this.offers.some((known) => known.id === offer.id)) return
    this.offers = [...this.offers.filter((known) => !covers(offer, known)), offer]
  }

  /** The notes have changed: where one is back with the words in it there is nothing to ask about. */
  look({ notes, all }: Change): void {
    const [view, confirmed] = [this.hooks.view(), this.hooks.confirmed()]
    const stays = (o: Offer): boolean => !(all || notes.has(o.from ?? '')) || !isBack(o, view) || !isBack(o, confirmed)
    if (!this.offers.every(stays)) this.offers = this.offers.filter(stays)
  }

  /** Offers the words in a note that was deleted under who wrote them, as a new note like it. */
  addWords(text: string, note: Note): void {
    this.add(offerOfWords(text, note, note.id, { code: deletedWhileWriting, reason: '' }, this.newId))
    this.hooks.changed()
  }

  /** Puts an offer back onto the board, as one undo step. What is refused of it is offered anew. Who asks brings how: it is seldom needed. */
  accept(id: string, how: typeof putBack): void {
    const offer = this.hooks.mayEdit() ? this.take(id) : undefined
    if (!offer) return
    const ops = how(offer, this.hooks.view(), this.newId)
    ops.forEach((op, i) => this.hooks.submit(op, { undo: i === 0 ? 'step' : 'join', fold: false }))
    this.hooks.changed()
  }

  /** Lets an offer go; the answer brings it back. */
  discard(id: string): () => void {
    const offer = this.take(id)
    this.hooks.changed()
    return () => {
      this.add(offer)
      this.hooks.changed()
    }
  }

  private take(id: string): Offer | undefined {
    const offer = this.offers.find((o) => o.id === id)
    this.offers = this.offers.filter((o) => o !== offer)
    return offer
  }

  /** Calls fn with what is offered now, and whenever that changes. */
  onOffers(fn: (offers: readonly Offer[]) => void): () => void {
    fn(this.offers)
    return this.offerListeners.add(fn)
  }

  onRejected(fn: (rejected: Rejected) => void): () => void {
    return this.rejectedListeners.add(fn)
  }

  /** Tells what is new. */
  tell(): void {
    for (const r of this.untold.splice(0)) this.rejectedListeners.tell(r)
    if (this.told === this.offers) return
    this.told = this.offers
    this.offerListeners.tell(this.offers)
  }
}
