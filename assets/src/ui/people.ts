// Who is here: a stack of avatars, mine first, who is away last. A click on one
// follows that person; the rest of the stack opens the list of all.

import { plural, say } from '../say.ts'
import type { Peer, Role } from '../protocol.ts'
import type { Board, Me } from './board.ts'
import { later } from './later.ts'
import { tellOfOthers } from './news.ts'
import { icon, make, part } from './page.ts'
import { askForName } from './me.ts'
import { initials } from './words.ts'

const SHOWN = 5
const NARROW = 3 // on a phone
const narrow = typeof matchMedia === 'function' ? matchMedia('(max-width: 640px)') : null

export interface Person {
  readonly user: string
  readonly name: string
  readonly color: number
  readonly role: Role | null // mine is known elsewhere
  readonly isMe: boolean
  readonly isAway: boolean
}

const list = later(() => import('./people-list.ts'))
const follow = later(() => import('./follow.ts'))

/** One entry a person, however many tabs they have; me first, who is away last, else by name. */
export function peopleOf(peers: Iterable<Peer>, me: Me | null): Person[] {
  const byUser = new Map<string, Person>()
  if (me) byUser.set(me.id, { user: me.id, name: me.name || say('Guest'), color: me.color, role: null, isMe: true, isAway: false })
  for (const p of peers) {
    const user = p.user || p.id
    const known = byUser.get(user)
    const isAway = p.away === true
    if (!known) byUser.set(user, { user, name: p.name || say('Guest'), color: p.color, role: p.role, isMe: false, isAway })
    else if (known.isAway && !isAway) byUser.set(user, { ...known, isAway })
  }
  const rank = (p: Person): number => (p.isMe ? 0 : p.isAway ? 2 : 1)
  return [...byUser.values()].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
}

export function people(board: Board): void {
  const host = part('people', HTMLElement)
  if (!host) return
  const { roster } = board.client
  let shown = ''
  let known: Set<string> | null = null
  const update = (): void => {
    const people = peopleOf(roster.peers.values(), board.me.who)
    const key = JSON.stringify([people, narrow?.matches])
    if (key === shown) return
    shown = key
    draw(board, host, people)
    known = tell(board, people, known)
  }
  const soon = (): void => board.frame.ask('overlay', update)
  roster.onPeople(soon)
  board.me.onChange(soon)
  narrow?.addEventListener('change', soon)
  soon()
  roster.onPeople(() => {
    if ([...roster.peers.values()].some((p) => p.following === roster.me)) follow((m) => m.showFollowers(board))
  })
  board.actions.add({
    id: 'others.list', title: say('Who is here'), group: 'looking', also: say('people list follow'),
    run: () => list((m) => m.openList(board)),
  })
}

function draw(board: Board, host: HTMLElement, people: readonly Person[]): void {
  const room = narrow?.matches ? NARROW : SHOWN
  const more = people.length > room ? people.length - room + 1 : 0
  const avatars = people.slice(0, people.length - more).map((p) => avatarButton(board, p))
  if (more > 0) avatars.push(rest(board, people.slice(-more)))
  else if (people.length > 1) avatars.push(opener(board))
  const focused = [...host.children].indexOf(document.activeElement as Element)
  host.replaceChildren(...avatars)
  if (focused >= 0) avatars[Math.min(focused, avatars.length - 1)]?.focus()
  host.setAttribute('aria-label', plural(people.length, '{n} person on this board', '{n} people on this board'))
}

/** Those for whom there is no room in the stack. */
function rest(board: Board, people: readonly Person[]): HTMLElement {
  const names = people.map(nameOf).join(', ')
  return opens(board, make('button', 'avatar more', `+${people.length}`), say('And {n} more: {names}', { n: people.length, names }), names)
}

function opener(board: Board): HTMLElement {
  const button = make('button', 'button quiet icon-only people-open')
  button.append(icon('down'))
  return opens(board, button, say('Who is here'))
}

function opens(board: Board, button: HTMLButtonElement, label: string, title = label): HTMLElement {
  button.type = 'button'
  button.title = title
  button.setAttribute('aria-label', label)
  button.setAttribute('aria-haspopup', 'dialog')
  button.addEventListener('click', () => list((m) => m.openList(board)))
  return button
}

/** A person's name, and that they are away. */
export function nameOf(p: Person): string {
  if (p.isMe) return say('{name} (you)', { name: p.name })
  return p.isAway ? say('{name} (away)', { name: p.name }) : p.name
}

/** A person's initials in their colour. */
export function avatar<K extends 'button' | 'span'>(tag: K, p: Person): HTMLElementTagNameMap[K] {
  const element = make(tag, 'avatar', initials(p.name))
  element.dataset['person'] = String(p.color)
  element.classList.toggle('is-away', p.isAway)
  return element
}

function avatarButton(board: Board, p: Person): HTMLElement {
  const button = avatar('button', p)
  button.type = 'button'
  button.title = nameOf(p)
  button.setAttribute('aria-label', p.isMe ? say('{name}. Change your name', { name: nameOf(p) }) : say('Follow {name}', { name: nameOf(p) }))
  button.addEventListener('click', () => (p.isMe ? askForName() : followPerson(board, p.user)))
  return button
}

/** My view goes where theirs goes, until I move it myself. */
export function followPerson(board: Board, user: string): void {
  follow((m) => m.follow(board, user))
}

/** Says who came and went; not who was here before me. */
function tell(board: Board, people: readonly Person[], known: Set<string> | null): Set<string> {
  const now = new Map(people.filter((p) => !p.isMe).map((p) => [p.user, p.name]))
  if (known && board.announcer.wants(false)) {
    for (const [user, name] of now) if (!known.has(user)) tellOfOthers(board, say('{name} joined.', { name }))
  }
  return new Set(now.keys())
}
