// Who is here: a stack of avatars, mine first.

import type { Peer } from '../protocol.ts'
import { plural, say } from '../say.ts'
import type { Board, Me } from './board.ts'
import { make, part } from './page.ts'
import { askForName } from './me.ts'
import { initials } from './words.ts'

const SHOWN = 5

export interface Person {
  readonly user: string
  readonly name: string
  readonly color: number
  readonly isMe: boolean
}

/** One entry a person, however many tabs they have; me first, then by name. */
export function peopleOf(peers: Iterable<Peer>, me: Me | null): Person[] {
  const byUser = new Map<string, Person>()
  if (me) byUser.set(me.id, { user: me.id, name: me.name || say('Guest'), color: me.color, isMe: true })
  for (const p of peers) {
    const user = p.user || p.id
    if (!byUser.has(user)) byUser.set(user, { user, name: p.name || say('Guest'), color: p.color, isMe: false })
  }
  return [...byUser.values()].sort((a, b) => Number(b.isMe) - Number(a.isMe) || (a.name < b.name ? -1 : 1))
}

export function people(board: Board): void {
  const host = part('people', HTMLElement)
  if (!host) return
  const { roster } = board.client
  let shown = ''
  let known: Set<string> | null = null
  const update = (): void => {
    const list = peopleOf(roster.peers.values(), board.me.who)
    const key = JSON.stringify(list)
    if (key === shown) return
    shown = key
    draw(host, list)
    known = tell(board, list, known)
  }
  roster.onChange(() => board.frame.ask('overlay', update))
  board.me.onChange(() => board.frame.ask('overlay', update))
  board.frame.ask('overlay', update)
}

function draw(host: HTMLElement, list: readonly Person[]): void {
  const more = list.length > SHOWN ? list.length - SHOWN + 1 : 0
  const avatars = list.slice(0, list.length - more).map(avatar)
  if (more > 0) {
    const rest = make('span', 'avatar more', `+${more}`)
    rest.title = list.slice(-more).map((p) => p.name).join(', ')
    rest.setAttribute('role', 'img')
    rest.setAttribute('aria-label', say('and {n} more: {names}', { n: more, names: rest.title }))
    avatars.push(rest)
  }
  host.replaceChildren(...avatars)
  host.setAttribute('aria-label', plural(list.length, '{n} person on this board', '{n} people on this board'))
}

function avatar(p: Person): HTMLElement {
  const element = p.isMe ? make('button', 'avatar', initials(p.name)) : make('span', 'avatar', initials(p.name))
  element.dataset['person'] = String(p.color)
  element.title = p.isMe ? say('{name} (you)', { name: p.name }) : p.name
  element.setAttribute('aria-label', p.isMe ? say('{name} (you). Change your name', { name: p.name }) : element.title)
  if (element instanceof HTMLButtonElement) {
    element.type = 'button'
    element.addEventListener('click', () => askForName())
  } else {
    element.setAttribute('role', 'img')
  }
  return element
}

/** Says who came and went; not who was here before me. */
function tell(board: Board, list: readonly Person[], known: Set<string> | null): Set<string> {
  const now = new Map(list.filter((p) => !p.isMe).map((p) => [p.user, p.name]))
  if (known) {
    for (const [user, name] of now) if (!known.has(user)) board.announcer.others.tell(say('{name} joined.', { name }))
    board.announcer.soon()
  }
  return new Set(now.keys())
}
