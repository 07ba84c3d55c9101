// Telling what happens to who cannot see it. What I did myself is told at once; what
// others do is gathered first (news.ts).

const STANDS = 8000 // ms: what still stands there when a dialog closes would be read again

/** How much of what others do is read out: all, what concerns me, or nothing. */
export type News = 'all' | 'mine' | 'off'

export class Announcer {
  private clearing = 0
  news: News = 'all'
  /** When something of the person's own was told last (performance.now). */
  told = -Infinity

  constructor(private readonly host: HTMLElement | null) {}

  /** Whether something that others did is to be told. */
  wants(concernsMe: boolean): boolean {
    return this.news === 'all' || (this.news === 'mine' && concernsMe)
  }

  /** Something the person did themselves. */
  now(words: string): void {
    this.told = performance.now()
    this.show(words)
  }

  show(words: string): void {
    // The same words again are not read again unless the text changes in between.
    const { host } = this
    if (!host) return
    host.textContent = host.textContent === words ? `${words}\u00a0` : words
    clearTimeout(this.clearing)
    this.clearing = window.setTimeout(() => (host.textContent = ''), STANDS)
  }
}
