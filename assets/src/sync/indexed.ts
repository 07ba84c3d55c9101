import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { browserLocks, type LeaseTable, leaseLocks, type LockManagerLike, type Locks } from './locks.ts'
import { type Identity, NoStore, type SavedWork, type WorkStore } from './store.ts'

interface Schema extends DBSchema {
  work: { key: [board: string, client: string]; value: SavedWork }
  leases: { key: string; value: { name: string; until: number } }
}

type Database = IDBPDatabase<Schema>

/** A store in the browser's IndexedDB. */
export class IndexedStore implements WorkStore {
  private readonly held = new Map<string, () => void>()

  constructor(
    private readonly db: Database,
    private readonly locks: Locks,
    private readonly newId: () => string,
  ) {}

  async adopt(board: string): Promise<Identity | undefined> {
    for (const [, client] of await this.db.getAllKeys('work', IDBKeyRange.bound([board], [board, []]))) {
      if (this.held.has(client) || !(await this.take(board, client))) continue
      // Whoever had it may have finished the work before letting go.
      const work = await this.db.get('work', [board, client])
      if (work) return { client, work }
      this.letGo(client)
    }
    return undefined
  }

  async create(board: string): Promise<Identity> {
    const client = this.newId()
    await this.take(board, client)
    return { client, work: undefined }
  }

  async keep(work: SavedWork): Promise<void> {
    await this.db.put('work', work)
  }

  async forget(board: string, client: string): Promise<void> {
    await this.db.delete('work', [board, client])
  }

  release(identity: { client: string }): Promise<void> {
    this.letGo(identity.client)
    return Promise.resolve()
  }

  /** Lets go of everything: the page is being left. */
  releaseAll(): void {
    for (const client of [...this.held.keys()]) this.letGo(client)
  }

  private async take(board: string, client: string): Promise<boolean> {
    const release = await this.locks.take(`corkboard:${board}:${client}`)
    if (release) this.held.set(client, release)
    return release !== undefined
  }

  private letGo(client: string): void {
    this.held.get(client)?.()
    this.held.delete(client)
  }
}

/** What the store needs of its surroundings. */
export interface Surroundings {
  locks: LockManagerLike | undefined
  now(): number // wall clock, the same for all pages
  newId(): string
  /** Calls fn when the page is left. */
  onLeave(fn: () => void): void
}

/** Opens the browser's store; one that keeps nothing where the browser allows none. */
export async function openIndexedStore(s: Surroundings): Promise<WorkStore> {
  try {
    const db = await openDB<Schema>('corkboard', 1, {
      upgrade(made) {
        made.createObjectStore('work', { keyPath: ['board', 'client'] })
        made.createObjectStore('leases', { keyPath: 'name' })
      },
    })
    const store = new IndexedStore(db, s.locks ? browserLocks(s.locks) : leaseLocks(leasesIn(db), s.now), s.newId)
    // Leases would outlive the page; locks end with it.
    if (!s.locks) s.onLeave(() => store.releaseAll())
    return store
  } catch (error) {
    console.warn('this browser keeps no unsaved work over a reload:', error)
    return new NoStore(s.newId)
  }
}

function leasesIn(db: Database): LeaseTable {
  return {
    async update(name, change) {
      const tx = db.transaction('leases', 'readwrite')
      const until = change((await tx.store.get(name))?.until ?? 0)
      if (until === 0) await tx.store.delete(name)
      else if (until !== undefined) await tx.store.put({ name, until })
      await tx.done
      return until !== undefined
    },
  }
}
