import type { CloseClass } from '../protocol.ts'
import type { SaveState } from './types.ts'

/** Why there is no coming back. */
export type End = Exclude<CloseClass, 'again'>

/** What the state of the work depends on. */
export interface Circumstances {
  started: boolean
  welcome: boolean // the server has let us in
  open: boolean // there is a socket
  failures: number // connections lost or not made since the last welcome
  end: End | undefined // no coming back
  trouble: string | undefined // a sentence of the server's: why nothing can be saved just now
  brief: boolean // the connection was there just now, and is being made again
  behind: boolean // the latest is not kept yet
  fragile: boolean // nothing is kept over a reload
  demoted: boolean // edits were possible here and are not any more
  unsaved: number
}

/** How it all begins. */
export function beginning(): Circumstances {
  const not = { started: false, welcome: false, open: false, brief: false, behind: false, fragile: false, demoted: false }
  return { ...not, failures: 0, end: undefined, trouble: undefined, unsaved: 0 }
}

const endings: Record<End, SaveState['kind']> = {
  replaced: 'denied',
  denied: 'denied',
  full: 'denied',
  gone: 'gone',
  trashed: 'gone',
  outdated: 'outdated',
  refused: 'outdated',
}

/** What the person should know of all that is going on. */
export function saveState(c: Circumstances): SaveState {
  const { brief, behind, fragile } = { brief: c.brief && !c.welcome, behind: c.behind && !c.welcome && c.unsaved > 0, fragile: c.fragile }
  return { ...kindOf(c), ...(fragile && { fragile }), ...(brief && { brief }), ...(behind && { behind }) }
}

function kindOf(c: Circumstances): SaveState {
  const { unsaved } = c
  if (c.end) return { kind: endings[c.end], unsaved, reason: c.end }
  if (!c.started) return { kind: 'booting', unsaved }
  if (c.welcome) {
    if (c.demoted) return { kind: 'denied', unsaved, reason: 'demoted' }
    return unsaved > 0 ? { kind: 'saving', unsaved, ...why(c) } : { kind: 'live', unsaved }
  }
  if (c.open && c.failures < 2) return { kind: 'syncing', unsaved }
  return c.failures > 1 ? { kind: 'offline', unsaved, ...why(c) } : { kind: 'connecting', unsaved }
}

function why({ trouble }: Circumstances): { reason?: string } {
  return trouble ? { reason: trouble } : {}
}

/** Tells whether two states would read the same. */
export function sameState(a: SaveState, b: SaveState): boolean {
  return a.kind === b.kind && a.unsaved === b.unsaved && a.reason === b.reason && a.brief === b.brief && a.behind === b.behind && a.fragile === b.fragile
}
