// The state of my work in words, always true.

import { mayEdit, type Role } from '../protocol.ts'
import { plural, say } from '../say.ts'
import type { SaveState } from '../sync/types.ts'
import type { Board } from './board.ts'
import { part } from './page.ts'

export interface Reading {
  readonly words: string
  /** What the style sheet shows it as. */
  readonly look: 'saved' | 'saving' | 'connecting' | 'offline' | 'denied'
}

export function reading({ kind, unsaved, reason, brief, behind, fragile }: SaveState, role: Role): Reading {
  if (brief) return reading({ kind: unsaved > 0 ? 'saving' : 'live', unsaved }, role)
  const kept = (): string => keptWords(unsaved, fragile) // counted in the reader's language only where it is said: a drag asks often
  switch (kind) {
    case 'booting':
    case 'connecting':
    case 'syncing':
      return { words: unsaved > 0 ? say('Connecting… {kept}', { kept: keptWords(unsaved) }) : say('Connecting…'), look: 'connecting' }
    case 'saving':
      if (reason) return { words: say('Can’t save yet, {kept}', { kept: kept() }), look: 'offline' }
      return { words: say('Saving…'), look: 'saving' }
    case 'live':
      if (unsaved > 0) return { words: say('Saving…'), look: 'saving' }
      return { words: mayEdit(role) ? say('Saved') : say('View only'), look: 'saved' }
    case 'offline':
      if (reason) return { words: unsaved > 0 ? say('Can’t connect, {kept}', { kept: kept() }) : say('Can’t connect'), look: 'offline' }
      if (behind && unsaved > 0) return { words: say('Offline, keeping your changes…'), look: 'offline' }
      return { words: unsaved > 0 ? say('Offline, {kept}', { kept: kept() }) : say('Offline'), look: 'offline' }
    case 'denied':
    case 'outdated':
    case 'gone':
      // Why not is said below (notice.ts), where there is room for it.
      return { words: unsaved > 0 ? plural(unsaved, 'Can’t edit, {n} change not saved', 'Can’t edit, {n} changes not saved') : say('Can’t edit'), look: 'denied' }
  }
}

// Each key that is typed offline is kept within a few ms: that is not worth a flicker of the words.
const KEPT_WITHIN = 300
const CALM = 300 // ms without an edit until it says saved again: a drag saves four to twenty times a second

function keptWords(n: number, only?: boolean): string {
  return only
    ? plural(n, '{n} change kept only in this tab', '{n} changes kept only in this tab')
    : plural(n, '{n} change kept', '{n} changes kept')
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
    if (host.dataset['state'] !== look) host.dataset['state'] = look
  }
  let late = 0
  board.client.onState((s) => {
    clearTimeout(late)
    state = { ...s, behind: false }
    if (host.dataset['state'] === 'saving' && reading(state, board.client.role).look === 'saved') {
      late = window.setTimeout(show, CALM)
      return
    }
    show()
    if (!s.behind) return
    late = window.setTimeout(() => {
      state = s
      show()
    }, KEPT_WITHIN)
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
