import { newId } from '../notes/id.ts'
import type { Snapshot } from '../notes/document.ts'
import type { Author } from '../notes/note.ts'
import { pageSignals, type Target } from '../net/signals.ts'
import type { Role } from '../protocol.ts'
import { SyncClient } from './client.ts'
import { openIndexedStore } from './indexed.ts'
import type { LockManagerLike } from './locks.ts'
import type { TabStore } from './memory.ts'
import { type Identity, NoStore, type SavedWork, type WorkStore } from './store.ts'

/** What the server's page carries for the script. */
export interface Boot {
  board: string
  epoch: number
  seq: number
  role: Role
  mode: 'board' | 'embed'
  snapshot: Snapshot
  me: Author | null
  ticket?: string
  socket: string // path of the socket
}

/** What of the page a client needs. */
export interface Page {
  window: Target & { location: { protocol: string; host: string; pathname: string }; readonly sessionStorage: Storage }
  document: Target & { readonly visibilityState: string }
  locks: LockManagerLike | undefined
}

/** The client of a board's page. It is not started yet. */
export function openBoard(boot: Boot, page: Page): SyncClient {
  const { location } = page.window
  const url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${boot.socket}`
  const { board, epoch, role, snapshot, me } = boot
  return new SyncClient({
    board,
    epoch,
    role,
    snapshot,
    me,
    dial: (subprotocol) => new WebSocket(url, subprotocol),
    signals: pageSignals(page.window, page.document),
    store: boot.mode === 'embed' ? new NoStore(newId) : new LateStore(storeOf(page)),
    ...(boot.mode === 'embed' ? {} : { tab: tabStore(page, `undo ${board}`) }),
    ...(boot.ticket === undefined ? {} : { ticket: tickets(boot.ticket, location.pathname + '/ticket') }),
  })
}

function storeOf(page: Page): Promise<WorkStore> {
  return openIndexedStore({
    locks: page.locks,
    now: () => Date.now(),
    newId,
    onLeave: (fn) => page.window.addEventListener('pagehide', fn),
  })
}

/** What this tab keeps under a name; nothing where the browser allows it nothing. */
function tabStore({ window }: Page, name: string): TabStore {
  const attempt = <T>(deed: (storage: Storage) => T): T | null => {
    try {
      return deed(window.sessionStorage)
    } catch {
      return null
    }
  }
  const clear = (): void => void attempt((s) => s.removeItem(name))
  return {
    read: () => attempt((s) => s.getItem(name)),
    write(text) {
      clear() // what does not fit must not leave the older in place
      attempt((s) => s.setItem(name, text))
    },
    clear,
  }
}

/** The page's own ticket first, then a new one for each connection. */
function tickets(first: string, url: string): () => Promise<string | null> {
  let own: string | undefined = first
  return async () => {
    const ticket = own
    own = undefined
    return ticket ?? fetchTicket(url)
  }
}

/** A ticket from the server; null when the link is closed to us. It throws when the server cannot be reached. */
async function fetchTicket(url: string): Promise<string | null> {
  const answer = await fetch(url, { cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(10_000) })
  if (answer.status === 404 || answer.status === 403 || answer.status === 410) return null
  if (!answer.ok) throw new Error(`no ticket: status ${answer.status}`)
  const { ticket } = (await answer.json()) as { ticket: string }
  return ticket
}

/** A store that is still being opened. */
class LateStore implements WorkStore {
  keeps = true // as long as nothing else is known

  constructor(private readonly store: Promise<WorkStore>) {
    void store.then((s) => (this.keeps = s.keeps))
  }

  async adopt(board: string): Promise<Identity | undefined> {
    return (await this.store).adopt(board)
  }

  async create(board: string): Promise<Identity> {
    return (await this.store).create(board)
  }

  async owns(board: string, client: string): Promise<boolean> {
    return (await this.store).owns(board, client)
  }

  async isElsewhere(board: string, client: string): Promise<boolean> {
    return (await this.store).isElsewhere(board, client)
  }

  async keep(work: SavedWork): Promise<void> {
    await (await this.store).keep(work)
  }

  async forget(board: string, client: string): Promise<void> {
    await (await this.store).forget(board, client)
  }

  async release(identity: { board: string; client: string }): Promise<void> {
    await (await this.store).release(identity)
  }
}
