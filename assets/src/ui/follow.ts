// Following somebody: my view goes where theirs goes, until I move it myself,
// press Esc, or they leave. And who follows me.

import style from '../../css/follow.css'
import type { Peer } from '../protocol.ts'
import { plural, say } from '../say.ts'
import type { Board } from './board.ts'
import { button } from './button.ts'
import { type Camera, fit, MAX_ZOOM, mix } from './camera.ts'
import { wear } from './later.ts'
import { prefersStill } from './motion.ts'
import { make } from './page.ts'

const LAG = 110 // ms in which two thirds of the way to the leader's view are gone
const NEAR = 0.5 // pixels that nobody sees
const GRACE = 5000 // ms that a leader may be gone: pages are loaded again, connections made again

wear(style)

let now: Following | null = null

/** Follows a person, in whichever of their tabs they are at work. Whom one follows already, one follows no more. */
export function follow(board: Board, user: string): void {
  const again = now?.user === user
  now?.stop()
  const leader = again ? undefined : tabOf(board, user)
  if (leader) now = new Following(board, leader, () => (now = null))
}

function tabOf(board: Board, user: string): Peer | undefined {
  const tabs = [...board.client.roster.peers.values()].filter((p) => (p.user || p.id) === user)
  return tabs.find((p) => !p.away) ?? tabs[0]
}

class Following {
  readonly user: string
  private readonly sign: HTMLElement
  private readonly chip = make('div', 'follow-chip')
  private readonly ends: (() => void)[]
  private mine: Camera // the last camera that this put; any other is the person's own
  private last = 0
  private wasCircle: boolean
  private lost = 0
  private over = false

  constructor(
    private readonly board: Board,
    private leader: Peer,
    private readonly ended: () => void,
  ) {
    this.user = leader.user || leader.id
    this.mine = board.desk.camera
    this.wasCircle = this.isCircle()
    this.sign = this.makeSign()
    board.page.board.append(this.sign)
    this.ends = [board.client.roster.onPeople(() => this.look()), board.desk.onMove(() => this.moved()), escapes(() => this.stop())]
    board.client.presence.following(leader.id)
    board.announcer.now(say('Following {name}. Move the board yourself, or press Esc, to stop.', { name: this.name }))
    board.frame.ask('motion', this.step)
  }

  private get name(): string {
    return this.leader.name || say('Guest')
  }

  stop(): void {
    if (this.over) return
    this.over = true
    clearTimeout(this.lost)
    for (const end of this.ends) end()
    this.board.client.presence.following(null)
    if (this.sign.contains(document.activeElement)) this.board.page.desk.focus({ preventScroll: true })
    this.sign.remove()
    this.chip.remove()
    this.ended()
  }

  private makeSign(): HTMLElement {
    const sign = make('div', 'follow-sign')
    sign.dataset['person'] = String(this.leader.color)
    this.chip.append(make('span', '', say('Following {name}', { name: this.name })), button(say('Stop'), () => this.stop(), 'button'))
    sign.append(this.chip)
    return sign
  }

  /** Somebody's doings have changed. */
  private look(): void {
    const { roster, presence } = this.board.client
    const before = this.leader.id
    const leader = roster.peers.get(before) ?? tabOf(this.board, this.user)
    if (!leader) return void (this.lost ||= window.setTimeout(() => this.leave(), GRACE))
    clearTimeout(this.lost)
    this.lost = 0
    this.leader = leader
    if (leader.id !== before) presence.following(leader.id)
    const isCircle = this.isCircle()
    if (isCircle && !this.wasCircle) return this.stop() // who follows last leads nobody in a circle
    this.wasCircle = isCircle
    this.board.frame.ask('motion', this.step)
  }

  private leave(): void {
    this.board.toasts.show(say('{name} has left the board.', { name: this.name }), { key: 'follow' })
    this.stop()
  }

  /** Whether the one I follow follows me, at however many removes: our views would chase each other. */
  private isCircle(): boolean {
    const { me, peers } = this.board.client.roster
    const seen = new Set<string>()
    let at: string | undefined = this.leader.id
    while (at && at !== me && !seen.has(at)) {
      seen.add(at)
      at = peers.get(at)?.following
    }
    return at === me
  }

  /** The desk moved, or only its size changed. */
  private moved(): void {
    if (this.board.desk.camera !== this.mine) this.stop()
    else this.board.frame.ask('motion', this.step)
  }

  private readonly step = (time: number): void => {
    if (this.over) return
    const { desk, frame } = this.board
    const to = this.target()
    if (!to) return
    const passed = Math.min(time - this.last, 50)
    this.last = time
    const isThere = prefersStill() || this.isNear(desk.camera, to)
    this.mine = isThere ? to : mix(desk.camera, to, 1 - Math.exp(-passed / LAG), desk.size)
    if (same(desk.camera, this.mine)) return void (this.mine = desk.camera)
    desk.look(this.mine)
    if (!isThere) frame.ask('motion', this.step)
  }

  /** Where all that the leader has in sight is in sight here. */
  private target(): Camera | null {
    const { view } = this.leader
    if (!view) return null
    const [x, y, w, h] = view
    return fit({ x, y, w, h }, this.board.desk.size, { top: 0, side: 0, bottom: 0 }, MAX_ZOOM)
  }

  private isNear(a: Camera, b: Camera): boolean {
    const { size } = this.board.desk
    const left = Math.abs((a.x - b.x) * b.zoom) + Math.abs((a.y - b.y) * b.zoom)
    return left < NEAR && Math.abs(a.zoom / b.zoom - 1) * Math.max(size.w, size.h) < NEAR
  }
}

function same(a: Camera, b: Camera): boolean {
  return a.x === b.x && a.y === b.y && a.zoom === b.zoom
}

/** Esc ends it before it ends anything else, but not what belongs to a field or a sheet. */
function escapes(stop: () => void): () => void {
  const hear = (e: KeyboardEvent): void => {
    const isTheirs = e.isComposing || (e.target instanceof Element && e.target.closest('input, textarea, select, dialog, [popover]'))
    if (e.key !== 'Escape' || isTheirs) return
    e.preventDefault()
    stop()
  }
  document.addEventListener('keydown', hear, true)
  return () => document.removeEventListener('keydown', hear, true)
}

let followers: HTMLElement | null = null

/** Shows who follows me, for as long as somebody does. */
export function showFollowers(board: Board): void {
  if (followers) return
  const { roster } = board.client
  const chip = (followers = make('div', 'followers'))
  chip.setAttribute('role', 'status')
  board.page.board.append(chip)
  const show = (): void => {
    const names = [...roster.peers.values()].filter((p) => p.following === roster.me).map((p) => p.name || say('Guest'))
    chip.hidden = names.length === 0
    const words = names.length === 1 ? say('{name} follows you', { name: names[0]! }) : plural(names.length, '{n} person follows you', '{n} people follow you')
    if (!chip.hidden && chip.textContent !== words) chip.textContent = words
    chip.title = names.join(', ')
  }
  roster.onPeople(() => board.frame.ask('overlay', show))
  show()
}
