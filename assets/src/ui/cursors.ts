// Other people's pointers: an arrow and a name in their colour, following
// smoothly, fading when they rest. Few are elements; many are drawn together.

import type { Peer } from '../protocol.ts'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { Carriage } from './carriage.ts'
import type { Point } from './geometry.ts'
import { later } from './later.ts'
import { prefersStill } from './motion.ts'
import { make } from './page.ts'
import type { Pinned } from './pinned.ts'
import type { Shown, Throng } from './throng.ts'

const REST = 4000 // ms until a pointer that does not move fades
const MANY = 40 // more pointers than this are no elements
/** ms after the last news in which a pointer may still be on its way */
export const SETTLE = 500

const drawn = later(() => import('./throng.ts'))

interface Cursor {
  readonly element: HTMLElement
  readonly carriage: Carriage
  readonly name: HTMLElement
  at: Point
  movedAt: number
}

export function cursors(board: Board, pinned: Pinned): void {
  const shown = new Cursors(board, pinned)
  board.client.roster.onChange(() => shown.news())
  board.desk.onMove(() => shown.carry())
  pinned.onZoom(() => shown.place())
  board.quiet.onChange(() => shown.news())
  shown.news()
}

class Cursors {
  private readonly cursors = new Map<string, Cursor>()
  private newsAt = -Infinity
  private restTimer = 0
  private throng: Throng | undefined
  private asked = false

  constructor(
    private readonly board: Board,
    private readonly pinned: Pinned,
  ) {}

  news(): void {
    this.newsAt = performance.now()
    this.wake()
  }

  wake(): void {
    this.board.frame.ask('overlay', this.draw)
  }

  /** The desk moves. Pointers that are elements move with what they stand on. */
  carry(): void {
    if (this.throng) this.wake()
  }

  place(): void {
    for (const { carriage, at } of this.cursors.values()) carriage.to(...this.pinned.at(at))
  }

  private readonly draw = (): void => {
    const now = performance.now()
    const rests = this.throng?.follow(this.newsAt) ?? 0
    if (now < rests) return rests < Infinity ? this.wake() : undefined
    const shown = this.board.quiet.hidesPointers ? [] : this.pointers(now)
    if (shown.length > MANY) this.together(shown, now)
    else this.apart(shown, now)
    if (shown.length > 0 && now - this.newsAt < SETTLE) this.wake()
    if (this.cursors.size > 0) this.restTimer ||= window.setTimeout(this.rest, REST)
  }

  /** Where everybody else points. */
  private pointers(now: number): Shown[] {
    const { roster } = this.board.client
    const still = prefersStill() // asking the browser costs more than a pointer's place
    const shown: Shown[] = []
    for (const [id, peer] of roster.peers) {
      const at = id === roster.me || !peer.cursor ? null : still ? peer.cursor : roster.at(id, now)
      if (at) shown.push({ peer, at })
    }
    return shown
  }

  private together(shown: readonly Shown[], now: number): void {
    for (const id of this.cursors.keys()) this.drop(id)
    this.throng?.draw(shown, now)
    if (this.asked) return
    this.asked = true
    drawn(({ Throng }) => {
      this.throng = new Throng(this.board)
      this.wake()
    })
  }

  private apart(shown: readonly Shown[], now: number): void {
    this.throng?.clear()
    this.throng = undefined
    this.asked = false
    const here = new Set(shown.map(({ peer }) => peer.id))
    for (const { peer, at } of shown) this.show(peer, at, now)
    for (const id of this.cursors.keys()) if (!here.has(id)) this.drop(id)
    this.pinned.carry()
  }

  private show(peer: Peer, at: Point, now: number): void {
    const cursor = this.cursors.get(peer.id) ?? this.add(peer.id, at, now)
    const name = peer.name || say('Guest')
    if (cursor.name.textContent !== name) cursor.name.textContent = name
    if (cursor.element.dataset['person'] !== String(peer.color)) cursor.element.dataset['person'] = String(peer.color)
    if (cursor.at[0] !== at[0] || cursor.at[1] !== at[1]) {
      cursor.movedAt = now
      cursor.element.classList.remove('is-idle')
    }
    cursor.at = at
    cursor.carriage.to(...this.pinned.at(at))
  }

  private add(id: string, at: Point, movedAt: number): Cursor {
    const element = make('div', 'cursor')
    element.append(arrow())
    const name = make('span', 'cursor-name')
    element.append(name)
    this.pinned.layer.append(element)
    const cursor: Cursor = { element, carriage: new Carriage(element), name, at, movedAt }
    this.cursors.set(id, cursor)
    return cursor
  }

  private drop(id: string): void {
    this.cursors.get(id)?.element.remove()
    this.cursors.delete(id)
  }

  /** Fades those that have rested for long, and looks again when the next one may have. */
  private readonly rest = (): void => {
    const now = performance.now()
    let next = Infinity
    for (const { element, movedAt } of this.cursors.values()) {
      const left = movedAt + REST - now
      element.classList.toggle('is-idle', left <= 0)
      if (left > 0) next = Math.min(next, left)
    }
    this.restTimer = next < Infinity ? window.setTimeout(this.rest, Math.ceil(next)) : 0
  }
}

const SVG = 'http://www.w3.org/2000/svg'

/** The same arrow as in the pages' pictures; its tip is at 2, 2. */
export const ARROW =
  'M2.6 2.5a.6.6 0 0 1 .8-.7l13 5.2c.5.2.5 1 0 1.1l-5.7 1.7a.9.9 0 0 0-.6.6l-1.9 5.8c-.2.5-.9.5-1.1 0z'

function arrow(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', 'cursor-arrow')
  svg.setAttribute('width', '20')
  svg.setAttribute('height', '20')
  svg.setAttribute('viewBox', '0 0 20 20')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', ARROW)
  svg.append(path)
  return svg
}
