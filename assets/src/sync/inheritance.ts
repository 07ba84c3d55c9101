import type { Welcome } from '../protocol.ts'
import { optional } from './editing.ts'
import type { Memory } from './memory.ts'
import { offerOfWork } from './offers.ts'
import type { Rebase } from './rebase.ts'
import { hasForgotten, layersOf, recover } from './recover.ts'
import type { Shelf } from './shelf.ts'
import type { SavedWork } from './store.ts'

/** Work that earlier pages left behind, until the server tells how far it got. */
export class Inheritance {
  work: SavedWork | undefined

  constructor(
    private readonly rebase: Rebase,
    private readonly shelf: Shelf,
    private readonly newId: () => string,
    readonly memory: Memory | undefined,
  ) {}

  /** Takes on what a page has left: its edits for later, its offers now. */
  take(work: SavedWork | undefined): void {
    for (const layer of layersOf(work).toReversed()) for (const offer of layer.offers ?? []) this.shelf.add(offer)
    this.work = work && withoutOffers(work)
  }

  /** How many edits wait in it. */
  get size(): number {
    return layersOf(this.work).reduce((n, work) => n + work.entries.length, 0)
  }

  /** The server has let us in: what was left behind goes before everything newer. */
  takeUp(w: Welcome): void {
    const layers = layersOf(this.work)
    this.work = undefined
    this.memory?.open(w.epoch)
    for (const work of layers) {
      if (work.epoch !== w.epoch) this.shelf.add(offerOfWork(work, 'epoch', this.newId()))
      else if (hasForgotten(w, work.entries)) this.shelf.add(offerOfWork(work, 'forgotten', this.newId()))
      else this.goOn(work, w)
    }
    this.memory?.takeUp()
  }

  private goOn(work: SavedWork, w: Welcome): void {
    const { entries, refused, landed, kept } = recover(work, this.rebase, w.last_mid, w.results ?? [])
    this.memory?.revived(work.client, kept)
    this.rebase.insert(entries, landed)
    for (const { entry, ack } of refused) {
      const { code, reason, note } = ack
      this.shelf.reject({ op: entry.op, code, reason, ...optional('note', note), ...optional('text', entry.words) })
    }
  }
}

/** What lies on the shelf is kept with it, not a second time with the work it came from. */
function withoutOffers({ offers: _, earlier, ...work }: SavedWork): SavedWork {
  return earlier ? { ...work, earlier: withoutOffers(earlier) } : work
}
