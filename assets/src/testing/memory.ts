import assert from 'node:assert/strict'
import type { Locks } from '../sync/locks.ts'
import type { TabStore } from '../sync/memory.ts'
import { type SavedWork, TableStore, type WorkChange, type WorkStore, type WorkTable } from '../sync/store.ts'

/** What one tab keeps. */
export class MemoryTab implements TabStore {
  text: string | null = null

  read(): string | null {
    return this.text
  }

  write(text: string): void {
    this.text = text
  }

  clear(): void {
    this.text = null
  }
}

/** What one browser keeps, seen by all its pages. */
export class MemoryBrowser {
  private readonly work = new Map<string, string>()
  private readonly taken = new Set<string>()
  private made = 0

  constructor(
    readonly name: string,
    private readonly written: (change: WorkChange) => void = () => undefined,
  ) {}

  /** A page's own view of the store; it ends with the page. */
  page(): { store: WorkStore; crash: () => void } {
    let isDead = false
    const alive = (write: () => void): Promise<void> => {
      if (!isDead) write()
      return Promise.resolve()
    }
    const table: WorkTable = {
      clients: (board) => Promise.resolve(this.left(board)),
      get: (board, client) => Promise.resolve(this.read(board, client)),
      put: (change) => alive(() => {
        const { head: { keys, ...rest }, entries, gone } = change
        this.written(change)
        const known = this.read(rest.board, rest.client)?.entries ?? []
        const byKey = new Map([...known.filter((e) => !gone.includes(e.key)), ...entries].map((e) => [e.key, e]))
        // What is told to be there already must be there.
        const work = { ...rest, entries: keys.map((key) => byKey.get(key) ?? assert.fail(`entry ${key} is not in the table`)) }
        assert.equal(byKey.size, keys.length, 'entries that nobody needs are left in the table')
        this.work.set(`${rest.board}/${rest.client}`, JSON.stringify(work))
      }),
      delete: (board, client) => alive(() => void this.work.delete(`${board}/${client}`)),
    }
    const store = new TableStore(table, this.locks(), () => `${this.name}-client-${++this.made}`)
    const crash = (): void => {
      isDead = true
      store.releaseAll()
    }
    return { store, crash }
  }

  /** The work that pages keep is gone. */
  lose(): void {
    this.work.clear()
  }

  private locks(): Locks {
    return {
      take: (name) => {
        if (this.taken.has(name)) return Promise.resolve(undefined)
        this.taken.add(name)
        return Promise.resolve(() => void this.taken.delete(name))
      },
      holds: (name) => Promise.resolve(this.taken.has(name)),
      isTaken: (name) => Promise.resolve(this.taken.has(name)),
    }
  }

  /** The client ids with work on a board. */
  left(board: string): string[] {
    return [...this.work.keys()].filter((k) => k.startsWith(board + '/')).map((k) => k.slice(board.length + 1))
  }

  read(board: string, client: string): SavedWork | undefined {
    const text = this.work.get(`${board}/${client}`)
    return text === undefined ? undefined : (JSON.parse(text) as SavedWork)
  }
}
