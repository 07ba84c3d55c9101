import type { Identity, SavedWork, WorkStore } from '../sync/store.ts'

/** What one browser keeps, seen by all its pages. */
export class MemoryBrowser {
  private readonly work = new Map<string, string>()
  private readonly held = new Map<string, MemoryStore>()
  private made = 0

  constructor(readonly name: string) {}

  /** A page's own view of the store. */
  page(): MemoryStore {
    return new MemoryStore(this)
  }

  take(store: MemoryStore, client: string): boolean {
    if (this.held.has(client)) return false
    this.held.set(client, store)
    return true
  }

  letGo(store: MemoryStore, which?: string): void {
    for (const [client, holder] of this.held) {
      if (holder === store && (which ?? client) === client) this.held.delete(client)
    }
  }

  left(board: string): string[] {
    return [...this.work.keys()].filter((k) => k.startsWith(board + '/')).map((k) => k.slice(board.length + 1))
  }

  read(board: string, client: string): SavedWork | undefined {
    const text = this.work.get(`${board}/${client}`)
    return text === undefined ? undefined : (JSON.parse(text) as SavedWork)
  }

  write(work: SavedWork): void {
    this.work.set(`${work.board}/${work.client}`, JSON.stringify(work))
  }

  erase(board: string, client: string): void {
    this.work.delete(`${board}/${client}`)
  }

  newClient(): string {
    return `${this.name}-client-${++this.made}`
  }
}

/** A page's store, which ends with the page. */
export class MemoryStore implements WorkStore {
  private isDead = false

  constructor(private readonly browser: MemoryBrowser) {}

  adopt(board: string): Promise<Identity | undefined> {
    for (const client of this.browser.left(board)) {
      if (!this.browser.take(this, client)) continue
      return Promise.resolve({ client, work: this.browser.read(board, client) })
    }
    return Promise.resolve(undefined)
  }

  create(): Promise<Identity> {
    const client = this.browser.newClient()
    this.browser.take(this, client)
    return Promise.resolve({ client, work: undefined })
  }

  keep(work: SavedWork): Promise<void> {
    if (!this.isDead) this.browser.write(work)
    return Promise.resolve()
  }

  forget(board: string, client: string): Promise<void> {
    if (!this.isDead) this.browser.erase(board, client)
    return Promise.resolve()
  }

  release(identity: { client: string }): Promise<void> {
    this.browser.letGo(this, identity.client)
    return Promise.resolve()
  }

  /** The page is gone at once: nothing more is written, its client id is free. */
  crash(): void {
    this.isDead = true
    this.browser.letGo(this)
  }
}
