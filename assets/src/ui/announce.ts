// What changes on the board, told to who cannot see it: gathered, so that a busy
// board does not talk without end. What I did myself is told at once.

import type { Note } from '../notes/note.ts'
import { plural, say } from '../say.ts'

const GATHER = 5000 // ms
const STANDS = 8000 // ms: what still stands there when a dialog closes would be read again

/** How much of what others do is read out: all, what concerns me, or nothing. */
export type News = 'all' | 'mine' | 'off'

/** Counts what others did and puts it into one sentence each. */
export class Gathering {
  private readonly added = new Map<string, number>()
  private readonly said = new Set<string>()
  private readonly changed = new Set<string>()

  add(author: string, kind?: Note['kind']): void {
    if (kind === 'frame') this.tell(say('{who} added a frame.', { who: author || say('Somebody') }))
    else this.added.set(author, (this.added.get(author) ?? 0) + 1)
  }

  change(note: string): void {
    this.changed.add(note)
  }

  /** A sentence of its own. */
  tell(words: string): void {
    this.said.add(words)
  }

  /** What there is to tell, and begins anew. */
  take(): string {
    const out = [...this.said]
    for (const [author, n] of this.added) out.push(plural(n, '{who} added {n} note.', '{who} added {n} notes.', { who: author || say('Somebody') }))
    if (this.changed.size > 0) out.push(plural(this.changed.size, '{n} note changed.', '{n} notes changed.'))
    this.said.clear()
    this.added.clear()
    this.changed.clear()
    return out.join(' ')
  }
}

export class Announcer {
  readonly others = new Gathering()
  private timer = 0
  private clearing = 0
  news: News = 'all'
  /** When something of the person's own was told last (performance.now). */
  told = -Infinity

  constructor(
    private readonly host: HTMLElement | null,
    private readonly quiet: { readonly isCalm: boolean },
  ) {}

  /** Whether something that others did is to be told. */
  wants(concernsMe: boolean): boolean {
    return this.news === 'all' || (this.news === 'mine' && concernsMe)
  }

  /** Something the person did themselves. */
  now(words: string): void {
    this.told = performance.now()
    this.show(words)
  }

  private show(words: string): void {
    // The same words again are not read again unless the text changes in between.
    const { host } = this
    if (!host) return
    host.textContent = host.textContent === words ? `${words}\u00a0` : words
    clearTimeout(this.clearing)
    this.clearing = window.setTimeout(() => (host.textContent = ''), STANDS)
  }

  /** Tells what was gathered, soon. */
  soon(): void {
    if (this.timer) return
    this.timer = window.setTimeout(() => {
      this.timer = 0
      const words = this.others.take()
      if (words && !this.quiet.isCalm) this.show(words)
    }, GATHER)
  }
}
