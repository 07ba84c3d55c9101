// The board's page: begins with what the server put into it, and goes on live.

import 'htmx.org'
import { pageSignals } from './net/signals.ts'
import type { Snapshot } from './notes/document.ts'
import { newId } from './notes/id.ts'
import { SyncClient } from './sync/client.ts'
import { NoStore, type WorkStore } from './sync/store.ts'
import type { Me } from './ui/board.ts'
import './ui/copy.ts'
import { startBoard } from './ui/start.ts'

/** What the page carries for the script. */
interface Boot {
  readonly board: string
  readonly epoch: number
  readonly role: string
  readonly mode: 'board' | 'embed'
  readonly snapshot: Snapshot
  readonly me: Me | null
  readonly ticket?: string
  readonly socket: string
}

declare global {
  interface Window {
    /** For tests and the curious: client.hash(), client.seq. */
    corkboard?: { client: SyncClient }
  }
}

function readBoot(): Boot {
  const element = document.getElementById('boot')
  if (!element?.textContent) throw new Error('the page carries no board')
  return JSON.parse(element.textContent) as Boot
}

function socketURL(path: string): string {
  const url = new URL(path, location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  return url.href
}

/** An embed has no cookies: each hello brings a ticket, the first one from the page. */
function tickets(first: string): () => Promise<string | null> {
  let next: string | null = first
  return async () => {
    const given = next
    next = null
    if (given !== null) return given
    const answer = await fetch(`${location.pathname.replace(/\/$/, '')}/ticket`, { credentials: 'omit' })
    if (answer.status === 403 || answer.status === 404 || answer.status === 410) return null
    if (!answer.ok) throw new Error(`the ticket was answered with ${answer.status}`)
    return ((await answer.json()) as { ticket: string }).ticket
  }
}

function storeFor(_boot: Boot): WorkStore {
  return new NoStore(newId)
}

function makeClient(boot: Boot): SyncClient {
  const url = socketURL(boot.socket)
  return new SyncClient({
    board: boot.board,
    epoch: boot.epoch,
    role: boot.role,
    snapshot: boot.snapshot,
    me: boot.me,
    store: storeFor(boot),
    dial: (protocol) => new WebSocket(url, protocol),
    signals: pageSignals(window, document),
    ...(boot.ticket ? { ticket: tickets(boot.ticket) } : {}),
  })
}

const boot = readBoot()
const client = makeClient(boot)
startBoard({ board: boot.board, mode: boot.mode, me: boot.me, client })
client.start()
window.corkboard = { client }
