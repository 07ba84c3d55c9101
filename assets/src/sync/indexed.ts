import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { browserLocks, type Lease, type LeaseTable, leaseLocks, type LockManagerLike } from './locks.ts'
import { NoStore, type SavedWork, TableStore, type WorkStore, type WorkTable } from './store.ts'

interface Schema extends DBSchema {
  work: { key: [board: string, client: string]; value: SavedWork }
  leases: { key: string; value: Lease & { name: string } }
}

type Database = IDBPDatabase<Schema>

/** What the store needs of its surroundings. */
export interface Surroundings {
  locks: LockManagerLike | undefined
  now(): number // wall clock, the same for all pages
  newId(): string
  /** Calls fn when the page is left. */
  onLeave(fn: () => void): void
}

/** Opens the store in the browser's IndexedDB; one that keeps nothing where the browser allows none. */
export async function openIndexedStore(s: Surroundings): Promise<WorkStore> {
  try {
    const db = await Promise.race([openDatabase(), late(3_000)])
    const store = new TableStore(workIn(db), s.locks ? browserLocks(s.locks) : leaseLocks(leasesIn(db), s.newId(), s.now), s.newId)
    // Leases would outlive the page; locks end with it.
    if (!s.locks) s.onLeave(() => store.releaseAll())
    return store
  } catch (error) {
    console.warn('this browser keeps no unsaved work over a reload:', error)
    return new NoStore(s.newId)
  }
}

function openDatabase(): Promise<Database> {
  return openDB<Schema>('corkboard', 1, {
    upgrade(made) {
      made.createObjectStore('work', { keyPath: ['board', 'client'] })
      made.createObjectStore('leases', { keyPath: 'name' })
    },
  })
}

/** Some browsers' databases never answer; the board must not wait for them. */
function late(ms: number): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms))
}

function workIn(db: Database): WorkTable {
  return {
    async clients(board) {
      const keys = await db.getAllKeys('work', IDBKeyRange.bound([board], [board, []]))
      return keys.map(([, client]) => client)
    },
    get: (board, client) => db.get('work', [board, client]),
    async put(work) {
      await db.put('work', work)
    },
    delete: (board, client) => db.delete('work', [board, client]),
  }
}

function leasesIn(db: Database): LeaseTable {
  return {
    async update(name, change) {
      const tx = db.transaction('leases', 'readwrite')
      const lease = change(await tx.store.get(name))
      if (lease?.until === 0) await tx.store.delete(name)
      else if (lease) await tx.store.put({ name, ...lease })
      await tx.done
      return lease !== undefined
    },
  }
}
