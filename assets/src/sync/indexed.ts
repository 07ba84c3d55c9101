import { browserLocks, type Lease, type LeaseTable, leaseLocks, type LockManagerLike } from './locks.ts'
import { NoStore, type SavedEntry, type SavedWork, TableStore, type WorkHead, type WorkStore, type WorkTable } from './store.ts'

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

// What lies in the database: a page's work by board and client id, its entries by
// their keys below that, leases by name. An older version kept entries with the rest.
const version = 2

function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open('corkboard', version)
  opening.onupgradeneeded = ({ oldVersion }) => {
    const made = opening.result
    made.createObjectStore('entries')
    if (oldVersion > 0) return
    made.createObjectStore('work', { keyPath: ['board', 'client'] })
    made.createObjectStore('leases', { keyPath: 'name' })
  }
  return answer(opening).then((db) => {
    db.onversionchange = () => db.close() // a later version need not wait until this page is closed
    return db
  })
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error!)
  })
}

/** Resolved once everything in the transaction would survive. */
function kept(tx: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    tx.oncomplete = () => resolve()
    tx.onabort = () => reject(tx.error ?? new Error('the database gave up'))
  })
}

/** Some browsers' databases never answer; the board must not wait for them. */
function late(ms: number): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms))
}

function workIn(db: IDBDatabase): WorkTable {
  const change = async (deed: (work: IDBObjectStore, entries: IDBObjectStore) => void): Promise<void> => {
    const tx = db.transaction(['work', 'entries'], 'readwrite')
    const end = kept(tx)
    deed(tx.objectStore('work'), tx.objectStore('entries'))
    tx.commit() // does not wait for answers, which a page that is being closed would not hear
    await end
  }
  return {
    async clients(board) {
      const keys = await answer(db.transaction('work').objectStore('work').getAllKeys(below(board)))
      return (keys as [string, string][]).map(([, client]) => client)
    },
    async get(board, client) {
      const tx = db.transaction(['work', 'entries'])
      const [head, entries] = await Promise.all([
        answer<WorkHead | SavedWork | undefined>(tx.objectStore('work').get([board, client])),
        answer<SavedEntry[]>(tx.objectStore('entries').getAll(below(board, client))),
      ])
      if (!head || !('keys' in head)) return head
      const { keys, ...work } = head
      const byKey = new Map(entries.map((e) => [e.key, e]))
      return { ...work, entries: keys.flatMap((key) => byKey.get(key) ?? []) }
    },
    put: ({ head, entries: changed, gone }) => change((work, entries) => {
      const at = (key: number): IDBValidKey => [head.board, head.client, key]
      work.put(head)
      for (const entry of changed) entries.put(entry, at(entry.key))
      for (const key of gone) entries.delete(at(key))
    }),
    delete: (board, client) => change((work, entries) => {
      work.delete([board, client])
      entries.delete(below(board, client))
    }),
  }
}

/** All keys that begin with these. */
function below(...key: string[]): IDBKeyRange {
  return IDBKeyRange.bound(key, [...key, []])
}

function leasesIn(db: IDBDatabase): LeaseTable {
  return {
    async update(name, change) {
      const tx = db.transaction('leases', 'readwrite')
      const store = tx.objectStore('leases')
      const turn = async (): Promise<boolean> => {
        const lease = change(await answer<Lease | undefined>(store.get(name)))
        if (lease?.until === 0) store.delete(name)
        else if (lease) store.put({ name, ...lease })
        return lease !== undefined
      }
      const [isChanged] = await Promise.all([turn(), kept(tx)])
      return isChanged
    },
  }
}
