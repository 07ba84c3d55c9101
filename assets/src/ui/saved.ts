// The state of my work in words, always true.

import { mayEdit, type Role } from '../protocol.ts'
import type { SaveState } from '../sync/types.ts'
import type { Board } from './board.ts'
import { part } from './page.ts'
import { count } from './words.ts'

export interface Reading {
  readonly words: string
  /** What the style sheet shows it as. */
  readonly look: 'saved' | 'saving' | 'connecting' | 'offline' | 'denied'
}

export function reading({ kind, unsaved, reason, brief, behind, fragile }: SaveState, role: Role): Reading {
  if (brief) return reading({ kind: unsaved > 0 ? 'saving' : 'live', unsaved }, role)
  const only = fragile && unsaved > 0 ? ' only in this tab' : ''
  switch (kind) {
    case 'booting':
    case 'connecting':
    case 'syncing':
      return unsaved > 0 ? { words: `Connecting… ${kept(unsaved)}`, look: 'connecting' } : { words: 'Connecting…', look: 'connecting' }
    case 'saving':
      if (reason) return { words: `Can’t save yet, ${kept(unsaved)}${only}`, look: 'offline' }
      return { words: 'Saving…', look: 'saving' }
    case 'live':
      if (unsaved > 0) return { words: 'Saving…', look: 'saving' }
      return { words: mayEdit(role) ? 'Saved' : 'View only', look: 'saved' }
    case 'offline':
      if (reason) return { words: `Can’t connect${unsaved > 0 ? `, ${kept(unsaved)}${only}` : ''}`, look: 'offline' }
      if (behind && unsaved > 0) return { words: 'Offline, keeping your changes…', look: 'offline' }
      return { words: unsaved > 0 ? `Offline, ${kept(unsaved)}${only}` : 'Offline', look: 'offline' }
    case 'denied':
    case 'outdated':
    case 'gone':
      return { words: `Can’t edit${unsaved > 0 ? `, ${count(unsaved, 'change')} not saved` : ''} (${plain(reason) ?? WHY[kind]})`, look: 'denied' }
  }
}

// Each key that is typed offline is kept within a few ms: that is not worth a flicker of the words.
const KEPT_WITHIN = 300

const WHY = {
  denied: 'you no longer have access',
  outdated: 'this page is old; reload it',
  gone: 'this board is gone',
}

function kept(n: number): string {
  return `${count(n, 'change')} kept`
}

/** A sentence as it reads inside brackets. */
function plain(reason: string | undefined): string | undefined {
  const words = reason?.trim().replace(/\.$/, '')
  return words ? words.charAt(0).toLowerCase() + words.slice(1) : undefined
}

/** Tells aloud when work stops being saved, and when it is again: not at each key. */
export function speaking(tell: (words: string) => void): (now: Reading) => void {
  let trouble: Reading['look'] | null = null
  return ({ words, look }) => {
    const isTrouble = look === 'offline' || look === 'denied'
    if (isTrouble ? look !== trouble : trouble && look === 'saved') tell(words)
    if (isTrouble) trouble = look
    else if (look === 'saved') trouble = null
  }
}

export function saving(board: Board): void {
  const host = part('save-state', HTMLElement)
  if (!host) return
  let state: SaveState = { kind: 'booting', unsaved: 0 }
  const speak = speaking((words) => board.announcer.now(words))
  const show = (): void => {
    const now = reading(state, board.client.role)
    const { words, look } = now
    speak(now)
    if (host.textContent !== words) host.textContent = words
    host.dataset['state'] = look
    host.title = state.reason ?? ''
  }
  let late = 0
  board.client.onState((s) => {
    clearTimeout(late)
    const tell = (now: SaveState): void => {
      state = now
      show()
    }
    tell({ ...s, behind: false })
    if (s.behind) late = window.setTimeout(() => tell(s), KEPT_WITHIN)
  })
  board.client.onRole(show)
  warnBeforeLeaving(() => state)
}

/** Nothing is lost by leaving offline, but whoever leaves should know that it is not out yet. */
function warnBeforeLeaving(state: () => SaveState): void {
  window.addEventListener('beforeunload', (e) => {
    const { kind, unsaved, fragile } = state()
    if (unsaved > 0 && (fragile || kind === 'denied' || kind === 'gone')) e.preventDefault()
  })
}
