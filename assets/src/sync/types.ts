import type { Delta } from '../notes/delta.ts'
import type { Note } from '../notes/note.ts'
import type { Op } from '../notes/op.ts'

/** What the person should know of the state of the work. */
export interface SaveState {
  kind: 'booting' | 'connecting' | 'syncing' | 'live' | 'saving' | 'offline' | 'denied' | 'outdated' | 'gone'
  unsaved: number // edits made here and not yet saved
  reason?: string // where one is needed: why there is no coming back, 'demoted', or a sentence of the server's
  brief?: boolean // the connection is expected back before anybody needs to know
  behind?: boolean // the latest is on its way to where it is kept over a reload
  fragile?: boolean // what is not saved is kept in this page only, and would be gone with it
}

/** What the view changed by. */
export interface Change {
  notes: Set<string> // made or changed
  removed: Set<string> // no longer shown
  board: boolean // its name
  remoteText: { note: string; delta: Delta }[] // other people's edits of a shown text, to move a caret through
  all: boolean // everything may be different
}

/** An edit that came to nothing, with what the person would otherwise lose. */
export interface Rejected {
  op: Op
  code: string
  reason: string // a sentence for whoever writes programs, in English; the page has its own for the code
  by?: string | undefined // of what is superseded: who has written since, as far as that was seen
  partly?: boolean // of what is superseded: the rest was done
  note?: Note // as it is on the board now
  text?: string // the person's words
}

/** How a submitted op is treated. */
export interface SubmitOptions {
  /** false keeps the op from being merged with one that waits; default true. */
  fold?: boolean
  /**
   * 'step' (default) makes an undo step of its own, 'join' belongs to the last
   * step (a drag's moves), 'none' cannot be undone.
   */
  undo?: 'step' | 'join' | 'none'
  /** It goes on changing in somebody's hand: not each of its states is kept for a crash, but the one that is put down. */
  inHand?: boolean
}
