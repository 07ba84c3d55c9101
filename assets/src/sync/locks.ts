/** A hold on a name that at most one page has. */
export interface Locks {
  /** Takes the name; the answer lets go of it. Undefined when another page has it. */
  take(name: string): Promise<(() => void) | undefined>
}

/** What of navigator.locks is used. */
export interface LockManagerLike {
  request(name: string, options: { ifAvailable: true }, held: (lock: unknown) => Promise<void>): Promise<unknown>
}

/** Locks that the browser lets go of when the page ends, however it ends. */
export function browserLocks(manager: LockManagerLike): Locks {
  return {
    take: (name) =>
      new Promise((resolve, reject) => {
        const hold = (lock: unknown): Promise<void> =>
          new Promise((release) => {
            if (lock) return resolve(release)
            release()
            resolve(undefined)
          })
        manager.request(name, { ifAvailable: true }, hold).catch(reject)
      }),
  }
}

/** Where leases stand: the time until which a name is taken. */
export interface LeaseTable {
  /** Replaces the lease by what change makes of it, in one transaction; undefined leaves it. */
  update(name: string, change: (until: number) => number | undefined): Promise<boolean>
}

const leaseFor = 10_000
const renewEach = 3_000

/**
 * Locks for pages without navigator.locks (plain http): leases that are renewed
 * as long as the page lives. A crashed page's names are free after ten seconds.
 * Should two pages ever take one name, the server's fence lets only one write.
 */
export function leaseLocks(table: LeaseTable, now: () => number): Locks {
  return {
    async take(name) {
      const free = await table.update(name, (until) => (until > now() ? undefined : now() + leaseFor))
      if (!free) return undefined
      const renewal = setInterval(() => void table.update(name, () => now() + leaseFor), renewEach)
      return () => {
        clearInterval(renewal)
        void table.update(name, () => 0)
      }
    },
  }
}
