// What others do with notes: a frame in their colour around what they have
// selected, and their name on what they write in.

import type { Peer } from '../protocol.ts'
import type { Board } from './board.ts'
import { make } from './page.ts'

/** Which notes somebody else has in hand; writing counts more than selecting. */
export interface Mark {
  readonly person: number
  readonly name: string
  readonly writing: boolean
}

/** The marks of all notes; each note shows one. */
export function marksOf(peers: Iterable<Peer>, me: string): Map<string, Mark> {
  const marks = new Map<string, Mark>()
  for (const peer of peers) {
    if (peer.id === me) continue
    const name = peer.name || 'Guest'
    for (const id of peer.selection) {
      if (!marks.has(id)) marks.set(id, { person: peer.color, name, writing: false })
    }
    const written = peer.editing
    if (written && !marks.get(written)?.writing) marks.set(written, { person: peer.color, name, writing: true })
  }
  return marks
}

export function marking(board: Board): void {
  if (board.mode === 'embed') return
  const { roster } = board.client
  let marks = new Map<string, Mark>()
  const update = (): void => {
    const before = marks
    marks = marksOf(roster.peers.values(), roster.me)
    for (const id of new Set([...before.keys(), ...marks.keys()])) {
      const element = board.stage.element(id)
      if (element) mark(element, marks.get(id))
    }
  }
  roster.onChange(() => board.frame.ask('overlay', update))
  board.stage.onRender((id, element) => mark(element, marks.get(id)))
}

function mark(element: HTMLElement, m: Mark | undefined): void {
  set(element, 'data-person', m && String(m.person))
  set(element, 'data-editing-by', m?.writing ? m.name : undefined)
  set(element, 'data-selected-by', m && !m.writing ? m.name : undefined)
  tag(element, m?.writing ? m.name : null)
}

/** The name of who writes here, on the note. */
function tag(element: HTMLElement, name: string | null): void {
  const old = element.querySelector(':scope > .note-editor')
  if (old?.textContent === name) return
  old?.remove()
  if (name !== null) element.append(make('span', 'note-editor', name))
}

function set(element: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name)
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}
