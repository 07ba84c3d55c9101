// What others do with notes: a frame in their colour around what they have
// selected, and their name on what they write in.

import type { Peer } from '../protocol.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { tellOfOthers } from './news.ts'
import { hide, make } from './page.ts'
import type { Pinned } from './pinned.ts'

/** Which notes somebody else has in hand; writing counts more than selecting. */
export interface Mark {
  readonly person: number
  readonly name: string
  readonly writing: boolean
}

/** The marks of all notes; each note shows one. In calm mode only who writes counts. */
export function marksOf(peers: Iterable<Peer>, me: string, isCalm = false): Map<string, Mark> {
  const marks = new Map<string, Mark>()
  for (const peer of peers) {
    if (peer.id === me) continue
    const name = peer.name || say('Guest')
    for (const id of isCalm ? [] : peer.selection) {
      if (!marks.has(id)) marks.set(id, { person: peer.color, name, writing: false })
    }
    const written = peer.editing
    if (written && !marks.get(written)?.writing) marks.set(written, { person: peer.color, name, writing: true })
  }
  return marks
}

export function marking(board: Board, pinned: Pinned): void {
  const { roster } = board.client
  const tags = new Tags(board, pinned)
  let marks = new Map<string, Mark>()
  const update = (): void => {
    const before = marks
    marks = marksOf(roster.peers.values(), roster.me, board.quiet.isCalm)
    for (const id of new Set([...before.keys(), ...marks.keys()])) {
      const element = board.stage.element(id)
      if (element) mark(element, marks.get(id))
      if (marks.get(id)?.writing && !before.get(id)?.writing) tell(board, id, marks.get(id)!.name)
    }
    tags.show(marks)
  }
  const soon = (): void => board.frame.ask('overlay', update)
  roster.onPeople(soon)
  board.quiet.onChange(soon)
  soon()
  board.stage.onRender((id, element) => mark(element, marks.get(id)))
}

/** Whoever is at the note should know that they are not alone there. */
function tell(board: Board, id: string, name: string): void {
  const { selection, editor, announcer } = board
  const isHere = selection.has(id) || editor.id === id || document.activeElement?.id === `n-${id}`
  if (isHere && announcer.wants(true)) tellOfOthers(board, say('{name} is writing in this note.', { name }))
}

function mark(element: HTMLElement, m: Mark | undefined): void {
  set(element, 'data-person', m && String(m.person))
  set(element, 'data-editing-by', m?.writing ? m.name : undefined)
  // Read after the note's name, which says what it is whoever writes in it.
  set(element, 'aria-description', m?.writing ? say('{name} is writing here', { name: m.name }) : undefined)
  set(element, 'data-selected-by', m && !m.writing ? m.name : undefined)
}

/** The names of who writes, each above its note: over all notes, or the next one would cover it. */
class Tags {
  private readonly tags = new Map<string, HTMLElement>()

  constructor(
    private readonly board: Board,
    private readonly pinned: Pinned,
  ) {
    pinned.onZoom(() => this.place())
    board.stage.onPaint(() => this.tags.size > 0 && board.frame.ask('overlay', this.place))
  }

  show(marks: ReadonlyMap<string, Mark>): void {
    for (const [id, tag] of this.tags) if (!marks.get(id)?.writing) this.drop(id, tag)
    for (const [id, { writing, name, person }] of marks) {
      if (!writing) continue
      const tag = this.tags.get(id) ?? this.add(id)
      if (tag.textContent !== name) tag.textContent = name
      set(tag, 'data-person', String(person))
    }
    this.place()
  }

  private readonly place = (): void => {
    for (const [id, tag] of this.tags) {
      const at = this.board.stage.place(id)
      hide(tag, !at)
      if (!at) continue
      const [x, y] = this.pinned.at([at.x, at.y])
      tag.style.transform = `translate(${x}px, ${y}px)`
    }
    this.pinned.carry()
  }

  private add(id: string): HTMLElement {
    const tag = make('span', 'note-editor')
    this.pinned.layer.prepend(tag)
    this.tags.set(id, tag)
    return tag
  }

  private drop(id: string, tag: HTMLElement): void {
    tag.remove()
    this.tags.delete(id)
  }
}

function set(element: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name)
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value)
}
