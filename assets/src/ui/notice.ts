// What a person must know of their work, in a sentence below the board's name:
// why nothing can be saved just now, and that nothing would outlive this tab.

import style from '../../css/notices.css'
import { mayEdit, type Role } from '../protocol.ts'
import { plural, say } from '../say.ts'
import type { SaveState } from '../sync/types.ts'
import type { Board } from './board.ts'
import { button } from './button.ts'
import { wear } from './later.ts'
import { notices } from './notices.ts'
import { hide, make, part } from './page.ts'
import { why } from './reasons.ts'

/** The sentences for a state; none when all is well. */
export function noticeOf({ kind, fragile, unsaved, ...state }: SaveState, role: Role): string {
  const reason = why(state)
  if (kind === 'denied' || kind === 'outdated' || kind === 'gone') return ended(reason, unsaved)
  if (!mayEdit(role)) return ''
  const where = fragile
    ? say('This browser keeps nothing over a reload: changes that are not saved yet are kept only in this tab.')
    : unsaved > 0 ? say('Your changes are kept on this device until they can be saved.') : ''
  if (reason && (kind === 'saving' || kind === 'offline')) return `${reason} ${where}`.trim()
  return fragile ? where : ''
}

/** Why one cannot edit any more, whole: the island has no room for it. */
function ended(reason: string, unsaved: number): string {
  const lost = unsaved === 0 ? '' : plural(unsaved, '{n} change of yours is not saved, and nobody else sees it.',
    '{n} changes of yours are not saved, and nobody else sees them.')
  return `${reason} ${lost}`.trim()
}

export function noticing(board: Board): void {
  wear(style)
  const notice = make('div', 'notice island')
  notice.setAttribute('role', 'status')
  const words = make('p', '')
  let closed = ''
  const close = button(say('Close'), () => {
    closed = words.textContent ?? ''
    notice.hidden = true
    board.page.desk.focus({ preventScroll: true })
  })
  notice.append(words, close)
  notices().prepend(notice)
  const island = part('save-state', HTMLElement)
  board.client.onState((state) => {
    if (island && island.title !== why(state)) island.title = why(state)
    const text = noticeOf(state, board.client.role)
    if (words.textContent !== text) words.textContent = text
    hide(notice, text === '' || text === closed)
  })
}
