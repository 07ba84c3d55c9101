import type { Note } from '../notes/note.ts'
import type { Op } from '../notes/op.ts'
import type { Guard } from './guards.ts'
import type { Locks } from './locks.ts'
import type { Offer } from './offers.ts'

/** One pending entry as it is kept over a reload. It is replaced, never changed. */
export interface SavedEntry {
  readonly key: number
  readonly mid: number // 0: never sent
  readonly op: Op
  readonly guards: readonly Guard[]
  readonly texts?: Record<string, string> // the confirmed text that pending text reads on, by note
  readonly shown?: Record<string, Note> // the notes that it makes or writes in, as the person saw them
}

/** A page's unsaved work on one board. */
export interface SavedWork {
  board: string
  client: string
  epoch: number
  entries: SavedEntry[]
  texts?: Record<string, string> // those of all entries, as an older version kept them
  shown?: Record<string, Note> // the same
  offers?: readonly Offer[] // edits that came to nothing, about which the person has not chosen yet
  earlier?: SavedWork // work of the page before, whose fate this page never learned; it goes first
}

/** What pending text reads on, by note. */
export function textsOf(work: SavedWork): Record<string, string> {
  return Object.assign({}, work.texts, ...work.entries.map((e) => e.texts)) as Record<string, string>
}

/** The notes that pending edits make or write in, as the person saw them. */
export function shownIn(work: SavedWork): Record<string, Note> {
  return Object.assign({}, work.shown, ...work.entries.map((e) => e.shown)) as Record<string, Note>
}

/** A client id that is this page's alone, with the work that was left under it. */
export interface Identity {
  client: string
  work: SavedWork | undefined
}

/**
 * Keeps unsaved work over a reload or a crash. Each page has a client id of its
 * own; one that was left behind with unsaved work is taken on by the next page
 * on that board.
 */
export interface WorkStore {
  /** false when nothing outlives the page. */
  readonly keeps: boolean
  /** An identity with work that nobody else has now, or undefined. */
  adopt(board: string): Promise<Identity | undefined>
  /** A new identity. */
  create(board: string): Promise<Identity>
  /** Tells whether the identity is still this page's: one that slept may have been given up for gone. */
  owns(board: string, client: string): Promise<boolean>
  /** Tells whether the identity is that of another page, which is open. */
  isElsewhere(board: string, client: string): Promise<boolean>
  /** Keeps the work in place of what was kept before; resolved once it would survive. */
  keep(work: SavedWork): Promise<void>
  /** Nothing is left to be kept. */
  forget(board: string, client: string): Promise<void>
  /** Lets go of an identity: another page may take it on. */
  release(identity: { board: string; client: string }): Promise<void>
}

/** Where a browser keeps work, by board and client id. */
export interface WorkTable {
  /** The client ids with work on a board. */
  clients(board: string): Promise<string[]>
  get(board: string, client: string): Promise<SavedWork | undefined>
  /** Puts what has changed of a page's work, all of it or nothing. */
  put(change: WorkChange): Promise<void>
  delete(board: string, client: string): Promise<void>
}

/** A page's work without its entries, which lie beside it, each for itself; `keys` tells their order. */
export type WorkHead = Omit<SavedWork, 'entries' | 'texts' | 'shown'> & { keys: number[] }

/** What becomes of a page's work in the table. */
export interface WorkChange {
  head: WorkHead
  entries: readonly SavedEntry[] // new ones, and those that are other than before
  gone: readonly number[] // the keys of entries that are settled
}

/** A store in a table that all pages of a browser share. Only what changes is written. */
export class TableStore implements WorkStore {
  readonly keeps = true
  private readonly kept = new Map<string, SavedWork>() // what lies in the table, by client id
  private readonly held = new Map<string, () => void>()

  constructor(
    private readonly table: WorkTable,
    private readonly locks: Locks,
    private readonly newId: () => string,
  ) {}

  async adopt(board: string): Promise<Identity | undefined> {
    for (const client of await this.table.clients(board)) {
      if (this.held.has(client) || !(await this.take(board, client))) continue
      // Whoever had it may have finished the work before letting go.
      const work = await this.table.get(board, client)
      if (work) {
        this.kept.set(client, work)
        return { client, work }
      }
      this.letGo(client)
    }
    return undefined
  }

  async create(board: string): Promise<Identity> {
    const client = this.newId()
    await this.take(board, client)
    return { client, work: undefined }
  }

  owns(board: string, client: string): Promise<boolean> {
    return this.locks.holds(lockName(board, client))
  }

  async isElsewhere(board: string, client: string): Promise<boolean> {
    return !this.held.has(client) && (await this.locks.isTaken(lockName(board, client)))
  }

  async keep(work: SavedWork): Promise<void> {
    const before = this.kept.get(work.client)
    const change = changeFrom(before, work)
    if (before && isIdle(change, before)) return
    await this.table.put(change)
    this.kept.set(work.client, work)
  }

  async forget(board: string, client: string): Promise<void> {
    await this.table.delete(board, client)
    this.kept.delete(client)
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
    const release = await this.locks.take(lockName(board, client))
    if (release) this.held.set(client, release)
    return release !== undefined
  }

  private letGo(client: string): void {
    this.held.get(client)?.()
    this.held.delete(client)
  }
}

function changeFrom(before: SavedWork | undefined, { entries, texts: _, shown: __, ...rest }: SavedWork): WorkChange {
  const known = new Set(before?.entries)
  const keys = entries.map((e) => e.key)
  const here = new Set(keys)
  return {
    head: { ...rest, keys },
    entries: entries.filter((e) => !known.has(e)),
    gone: (before?.entries ?? []).map((e) => e.key).filter((key) => !here.has(key)),
  }
}

/** Tells whether the table holds all that already: entries and offers are replaced, never changed. */
function isIdle({ head, entries, gone }: WorkChange, before: SavedWork): boolean {
  const isSame = head.epoch === before.epoch && head.offers === before.offers && head.earlier === before.earlier
  return isSame && entries.length === 0 && gone.length === 0 && head.keys.every((key, i) => before.entries[i]?.key === key)
}

function lockName(board: string, client: string): string {
  return `corkboard:${board}:${client}`
}

/** A store that keeps nothing beyond the page: for read-only boards and where the browser has none. */
export class NoStore implements WorkStore {
  readonly keeps = false
  constructor(private readonly newId: () => string) {}

  adopt(): Promise<Identity | undefined> {
    return Promise.resolve(undefined)
  }

  create(): Promise<Identity> {
    return Promise.resolve({ client: this.newId(), work: undefined })
  }

  owns(): Promise<boolean> {
    return Promise.resolve(true)
  }

  isElsewhere(): Promise<boolean> {
    return Promise.resolve(false)
  }

  keep(): Promise<void> {
    return Promise.resolve()
  }

  forget(): Promise<void> {
    return Promise.resolve()
  }

  release(): Promise<void> {
    return Promise.resolve()
  }
}
