/** A hold on a name that at most one page has. */
export interface Locks {
  /** Takes the name; the answer lets go of it. Undefined when another page has it. */
  take(name: string): Promise<(() => void) | undefined>
  /** Tells whether a name that was taken here still is. */
  holds(name: string): Promise<boolean>
  /** Tells whether a page that is open has the name, where that can be told. */
  isTaken(name: string): Promise<boolean>
}

/** What of navigator.locks is used. */
export interface LockManagerLike {
  request(name: string, options: { ifAvailable: true }, held: (lock: unknown) => Promise<void>): Promise<unknown>
}

/** Locks that the browser lets go of when the page ends, however it ends. */
export function browserLocks(manager: LockManagerLike): Locks {
  const take: Locks['take'] = (name) =>
    new Promise((resolve, reject) => {
      const hold = (lock: unknown): Promise<void> =>
        new Promise((release) => {
          if (lock) return resolve(release)
          release()
          resolve(undefined)
        })
      manager.request(name, { ifAvailable: true }, hold).catch(reject)
    })
  return {
    take,
    holds: () => Promise.resolve(true),
    async isTaken(name) {
      const release = await take(name)
      release?.()
      return release === undefined
    },
  }
}

/** A page's claim to a name, until a time of day. */
export interface Lease {
  owner: string
  until: number
}

/** Where leases stand. */
export interface LeaseTable {
  /** Replaces the lease by what change makes of it, in one transaction; undefined leaves it. */
  update(name: string, change: (now: Lease | undefined) => Lease | undefined): Promise<boolean>
}

const leaseFor = 90_000 // browsers let the timers of hidden pages run once a minute
const renewEach = 3_000

/**
 * Locks for pages without navigator.locks (plain http): leases that are renewed
 * as long as the page lives. A crashed page's names are free after a while. A
 * page that slept through its lease finds that out when it asks.
 */
export function leaseLocks(table: LeaseTable, owner: string, now: () => number): Locks {
  const renew = (name: string): Promise<boolean> =>
    table.update(name, (lease) => (lease?.owner === owner ? { owner, until: now() + leaseFor } : undefined))
  return {
    async take(name) {
      const isFree = (lease: Lease | undefined): boolean => lease === undefined || isOver(lease.until, now())
      const free = await table.update(name, (lease) => (isFree(lease) ? { owner, until: now() + leaseFor } : undefined))
      if (!free) return undefined
      const renewal = setInterval(() => void renew(name), renewEach)
      return () => {
        clearInterval(renewal)
        void table.update(name, (lease) => (lease?.owner === owner ? { owner, until: 0 } : undefined))
      }
    },
    holds: renew,
    isTaken: () => Promise.resolve(false), // the lease of a page that was left just now is like that of one that is open
  }
}

/** A lease that lasts longer than any is given for was made by a clock that has been put back since. */
function isOver(until: number, now: number): boolean {
  return until <= now || until > now + leaseFor
}
