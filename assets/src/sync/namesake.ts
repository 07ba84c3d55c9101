import type { Clock } from '../clock.ts'
import type { Keeper } from './keeper.ts'

const takeBackWithin = 1_000 // ms; a random part of it, so that two pages do not take it in turns
const most = 5 // times

/** What a page does when it has met its namesake. */
export interface NamesakeHooks {
  /** Connect again under the same client id. */
  again(): void
  /** Take the mids from what is pending: it has not landed, and goes on under another client id. */
  renumber(): void
  /** Connect again: the client id is another now. */
  afresh(): void
  /** The other page has the work too: this one ends. */
  lost(): void
}

/**
 * Another page that says hello under this page's client id, as in a copied
 * browser. The id is taken back once, to learn which edits have landed under it;
 * what is pending then goes on under a fresh one. A page whose work another page
 * has taken on must end: its edits would be made twice.
 */
export class Namesake {
  private times = 0

  constructor(
    private readonly clock: Clock,
    private readonly keeper: Keeper,
    private readonly hooks: NamesakeHooks,
  ) {}

  /** Tells whether one was met, and this page has no other id yet. */
  get isMet(): boolean {
    return this.times > 0
  }

  /** The server has let the other one in. */
  async met(): Promise<void> {
    this.times++
    if (this.times > most || !(await this.keeper.owns())) return this.hooks.lost()
    this.clock.after(this.clock.random() * takeBackWithin, () => this.hooks.again())
  }

  /** What has landed is known: takes a fresh client id. */
  async part(): Promise<void> {
    this.hooks.renumber()
    await this.keeper.switchTo(await this.keeper.fresh())
    this.times = 0
    this.hooks.afresh()
  }
}
