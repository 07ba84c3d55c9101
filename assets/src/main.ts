// The board's page: begins with what the server put into it, and goes on live.

import type { SyncClient } from './sync/client.ts'
import { type Boot, openBoard } from './sync/open.ts'
import type { Me } from './ui/board.ts'
import { startBoard } from './ui/start.ts'

declare global {
  interface Window {
    /** For tests and the curious: client.hash(), client.seq. */
    corkboard?: { client: SyncClient }
  }
}

/** What the server's page carries for the script, which is much on a large board: the page lets go of it. */
function readBoot(): Boot & { me: Me | null } {
  const element = document.getElementById('boot')
  if (!element?.textContent) throw new Error('the page carries no board')
  element.remove()
  return JSON.parse(element.textContent) as Boot & { me: Me | null }
}

/** After the browser has shown the picture that a crowded board's page begins with: there is much to read then. */
function shown(): Promise<unknown> {
  if (!document.querySelector('.picture') || document.hidden) return Promise.resolve()
  const late = new Promise((done) => setTimeout(done, 100)) // the page was covered meanwhile
  return Promise.race([new Promise((done) => requestAnimationFrame(() => setTimeout(done))), late])
}

void shown().then(() => {
  const boot = readBoot()
  const client = openBoard(boot, { window, document, locks: navigator.locks as LockManager | undefined })
  startBoard({ board: boot.board, mode: boot.mode, me: boot.me, client })
  client.start()
  window.corkboard = { client }
})
