import type { Note } from '../notes/note.ts'
import type { Op } from '../notes/op.ts'
import type { Guard } from './guards.ts'
import type { Locks } from './locks.ts'
import type { Offer } from './offers.ts'

/** One pending entry as it is kept over a reload. */
export interface SavedEntry {
  key: number
  mid: number // 0: never sent
  op: Op
  guards: Guard[]
}

/** A page's unsaved work on one board. */
export interface SavedWork {
  board: string
  client: string
  epoch: number
  entries: SavedEntry[]
  texts: Record<string, string> // the confirmed text that pending text reads on, by note
  shown?: Record<string, Note> // the notes that pending edits make or write in, as the person saw them
  offers?: Offer[] // edits that came to nothing, about which the person has not chosen yet
  earlier?: SavedWork // work of the page before, whose fate this page never learned; it goes first
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
  put(work: SavedWork): Promise<void>
  delete(board: string, client: string): Promise<void>
}

/** A store in a table that all pages of a browser share. */
export class TableStore implements WorkStore {
  readonly keeps = true
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

  owns(board: string, client: string): Promise<boolean> {
    return this.locks.holds(lockName(board, client))
  }

  keep(work: SavedWork): Promise<void> {
    return this.table.put(work)
  }

  forget(board: string, client: string): Promise<void> {
    return this.table.delete(board, client)
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
