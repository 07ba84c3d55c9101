import assert from 'node:assert/strict'
import type { Note } from '../notes/note.ts'
import { mayEdit, type Role } from '../protocol.ts'
import { putBack } from '../sync/put-back.ts'
import { Checks } from './checks.ts'
import { MemoryBrowser } from './memory.ts'
import { OpenPage, World } from './page.ts'
import type { Trouble } from './server.ts'
import { plan, shrink, type Step, type StepKind } from './steps.ts'

const troubles: Trouble[] = ['lose', 'cut before commit', 'cut after commit', 'retry', 'retry after commit', 'refuse frame']

/** Several people at work on one board, two tabs of one of them among them, with trouble: all from a seed. */
export class Simulation {
  readonly world: World
  readonly pages: OpenPage[]
  readonly trace: string[] = []
  readonly done = new Set<string>()
  private readonly checks = new Checks()
  private backup
  private nextChar = 0x4e00
  private chance: readonly number[] = []

  constructor(seed: number) {
    this.world = new World(seed)
    const { server } = this.world
    this.backup = server.snapshot()
    const browsers = Array.from({ length: 2 + (seed % 2) }, (_, i) => new MemoryBrowser(`person${i}`))
    const tabs = [...browsers, ...browsers.slice(0, seed % 3 === 0 ? 1 : 0)]
    this.pages = tabs.map((browser) => this.watched(new OpenPage(this.world, browser)))
    server.trouble = () => this.trouble()
    server.committed = (op, event) => {
      this.note(`commit ${event.seq} ${event.client}/${event.mid} ${JSON.stringify(op)}`)
      this.checks.committed(op, event, this.pages)
    }
  }

  /** What of all that can happen. */
  static readonly everything: readonly string[] = troubles

  /** Lets it all happen, ends all trouble, and checks what must hold then. */
  async play(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      this.chance = step.chance
      this.note(step.kind)
      this.done.add(step.kind)
      await this.act(step.kind)
      await this.world.clock.run(step.pause)
      for (const page of this.pages) this.checks.view(page)
    }
    await this.rest()
    this.checkRest()
  }

  private note(what: string): void {
    this.trace.push(`${Math.round(this.world.clock.now())} ${what}`)
  }

  /** A whole number from 0 up to n - 1, by the step's i-th chance. */
  private pick(i: number, n: number): number {
    return Math.floor((this.chance[i] ?? 0) * n)
  }

  private async rest(): Promise<void> {
    const { clock, network, server } = this.world
    server.trouble = () => 'none'
    network.weather.down = false
    network.weather.fromServer = () => true
    this.setRole('editor')
    for (const page of this.pages) await clock.until('rest', () => page.state.kind === 'live')
    await clock.run(25_000) // so that pings find what got lost last, and pages what others left
    for (const page of this.pages) await clock.until('rest', () => page.state.kind === 'live')
  }

  private checkRest(): void {
    const { server } = this.world
    for (const page of this.pages) {
      assert.deepEqual([page.state.kind, page.state.unsaved], ['live', 0])
      assert.equal(page.client.seq, server.doc.seq)
      assert.equal(page.client.hash(), server.doc.hash(), 'I8')
      assert.deepEqual(page.drifts, [])
      this.checks.view(page)
      for (const client of page.browser.left('board')) {
        const work = page.browser.read('board', client)
        assert.deepEqual([work?.entries, work?.earlier], [[], undefined], 'I12: edits stay behind')
      }
    }
    assert.deepEqual(server.divergences, [], 'I8: at every pong')
    for (const [name, n] of server.commits) assert.equal(n, 1, `I3: ${name}`)
    this.checks.characters(server.doc)
    this.checks.stillOffered(this.pages)
    this.note(`rest ${server.doc.seq} ${server.doc.hash()}`)
  }

  private watched(page: OpenPage): OpenPage {
    page.client.onRejected((r) => {
      this.note(`${page.client.clientId} rejected ${r.code} ${r.text ?? ''}`)
      this.checks.tell(page, r.text)
      if (r.code === 'locked') this.checks.mayComeBack = true // what was to be erased stays
    })
    page.client.shelf.onOffers((offers) => this.checks.offers(page, offers))
    return page
  }

  private async act(kind: StepKind): Promise<void> {
    const page = this.pages[this.pick(0, this.pages.length)]
    const live = page?.client.view.live() ?? []
    const notes = live.filter((n) => !n.locked && n.kind !== 'connector') // what the page lets people drag
    const note = notes[this.pick(1, notes.length)]
    if (!page || (await this.befall(kind, page))) return
    if (kind === 'lock') return this.lock(page, live)
    if (kind === 'reconnect') return this.reconnect(page, live, notes)
    if (kind === 'connect' && notes.length > 1) return this.connect(page, notes)
    if (kind === 'frame') return void page.create(this.chars(page, this.pick(2, 4)), { as: 'frame', w: 5000 })
    if (kind === 'create' || (!note && (kind === 'type' || kind === 'move'))) return this.create(page)
    if (kind === 'undo' || kind === 'redo') return this.turn(page, kind)
    if (kind === 'put back' || kind === 'discard') return this.choose(page, kind)
    if (kind === 'rename') return page.client.submit({ kind: 'board.set', set: { name: `Board ${this.pick(2, 100)}` } })
    if (note) this.edit(kind, page, note, notes)
  }

  private edit(kind: StepKind, page: OpenPage, note: Note, notes: Note[]): void {
    switch (kind) {
      case 'type':
        return this.type(page, note)
      case 'erase':
        return this.erase(page, note)
      case 'move':
        return this.set(page, [note], { x: this.pick(2, 1000), y: this.pick(3, 1000) }, this.pick(4, 10) < 7)
      case 'group':
        return this.set(page, notes.slice(0, 3), { y: this.pick(2, 1000) })
      case 'colour':
        return this.set(page, [note], { color: this.pick(2, 2) === 0 ? 'teal' : 'pink' })
      case 'extras':
        return this.set(page, [note], this.extras())
      case 'delete':
        this.checks.deleted(page, note)
        return page.client.submit({ kind: 'note.delete', note: note.id })
    }
  }

  private chars(page: OpenPage, n: number): string {
    const text = Array.from({ length: n }, (_, i) => String.fromCodePoint(this.nextChar++ + (this.pick(7 - i, 5) === 0 ? 0x1b200 : 0))).join('')
    this.checks.typed(page, text)
    return text
  }

  private create(page: OpenPage): void {
    page.create(this.chars(page, this.pick(2, 4)), { x: this.pick(3, 1000) })
  }

  private type(page: OpenPage, note: Note): void {
    const at = this.pick(2, [...note.text].length + 1)
    const text = this.chars(page, 1 + this.pick(3, 3))
    page.client.text(note.id, at > 0 ? [at, text] : [text])
  }

  private erase(page: OpenPage, note: Note): void {
    const chars = [...note.text]
    if (chars.length === 0) return
    const at = this.pick(2, chars.length)
    const n = 1 + this.pick(3, Math.min(3, chars.length - at))
    this.checks.erased(page, chars.slice(at, at + n).join(''))
    page.client.text(note.id, at > 0 ? [at, -n] : [-n])
  }

  private set(page: OpenPage, notes: Note[], set: Partial<Note>, joined = false): void {
    if (mayEdit(page.client.role)) for (const note of notes) this.checks.wrote(page, note.id, set)
    const ops = notes.map((n) => ({ kind: 'note.set', note: n.id, set }) as const)
    const [first] = ops
    const op = ops.length === 1 && first ? first : ({ kind: 'batch', ops } as const)
    page.client.submit({ ...op } as Parameters<typeof page.client.submit>[0], { undo: joined ? 'join' : 'step', inHand: joined })
  }

  private extras(): Partial<Note> {
    const word = (i: number, ...words: string[]): string => words[this.pick(i, words.length)] ?? ''
    const sorts = [{ link: word(3, '', 'https://a.example', 'mailto:a@b') }, { group: word(3, '', 'group-aa', 'group-bb') }, { picture: word(3, '', 'a0'.repeat(16)), alt: word(4, '', 'A cat') }]
    return sorts[this.pick(2, sorts.length)] ?? {}
  }

  /** The lock alone, or with a field that this allows to change. */
  private lock(page: OpenPage, live: Note[]): void {
    const note = live[this.pick(1, live.length)]
    if (note) this.set(page, [note], { locked: !note.locked, ...(this.pick(2, 3) === 0 && { color: 'lime' }) })
  }

  private connect(page: OpenPage, notes: Note[]): void {
    const [from, to] = this.two(notes)
    page.create(this.chars(page, this.pick(2, 3)), { as: 'connector', w: 0, h: 0, from, to })
  }

  private reconnect(page: OpenPage, live: Note[], notes: Note[]): void {
    const connectors = live.filter((n) => n.kind === 'connector' && !n.locked)
    const connector = connectors[this.pick(1, connectors.length)]
    const [from, to] = this.two(notes)
    if (connector && notes.length > 1) this.set(page, [connector], this.pick(3, 2) === 0 ? { from, to } : { to: to === connector.from ? from : to })
  }

  private two(notes: Note[]): (string | undefined)[] {
    const i = this.pick(4, notes.length)
    return [notes[i]?.id, notes[(i + 1 + this.pick(5, notes.length - 1)) % notes.length]?.id]
  }

  private turn(page: OpenPage, kind: 'undo' | 'redo'): void {
    for (let n = this.pick(2, 3); n >= 0; n--) this.checks.undid(page, () => page.client[kind]())
  }

  /** The person chooses what becomes of what they are offered. */
  private choose(page: OpenPage, kind: 'put back' | 'discard'): void {
    const { shelf, role } = page.client
    const offer = shelf.offers[this.pick(1, shelf.offers.length)]
    if (!offer || (kind === 'put back' && !mayEdit(role))) return
    this.checks.choice(page, offer)
    if (kind === 'discard') return void shelf.discard(offer.id)
    this.checks.putBack(page, offer, () => shelf.accept(offer.id, putBack))
  }

  private trouble(): Trouble {
    const { clock } = this.world
    if (clock.random() > 0.06) return 'none'
    const what = troubles[clock.pick(troubles.length)] ?? 'none'
    this.done.add(what)
    this.note(what)
    return what
  }

  /** What befalls the page, the network or the server; false when it is a deed of people. */
  private async befall(kind: StepKind, page: OpenPage): Promise<boolean> {
    const { network, server } = this.world
    const sockets = [...network.open]
    const socket = sockets[this.pick(1, sockets.length)]
    const session = [...server.sessions][this.pick(1, server.sessions.size)]
    switch (kind) {
      case 'wait': return true
      case 'cut': return socket?.cut(), true
      case 'half-open': return socket?.silence(), true
      case 'down': return this.goDown(), true
      case 'reload': return await this.reload(page), true
      case 'drain': return session?.conn.send({ type: 'drain', within: 500 }), true
      case 'lose events': return this.loseOne(), true
      case 'repeat events': return session?.conn.send({ type: 'events', events: server.log.slice(-3) }), true
      case 'resync': return session?.conn.send({ type: 'resync' }), true
      case 'forget log': return server.forgetLog(), true
      case 'replaced': return session?.conn.close(4100), true
      case 'viewer': return this.demote(), true
      case 'backup': return (this.backup = server.snapshot()), true
      case 'restore': return this.restore(), true
      default: return false
    }
  }

  private goDown(): void {
    const { clock, network } = this.world
    network.weather.down = true
    network.cutAll()
    clock.after(this.pick(2, 3_000), () => (network.weather.down = false))
  }

  private setRole(role: Role): void {
    const { server } = this.world
    server.role = role
    for (const session of server.sessions) {
      session.role = role
      session.conn.send({ type: 'perm', role })
    }
  }

  private demote(): void {
    this.checks.mayComeBack = true
    this.setRole('viewer')
    this.world.clock.after(this.pick(2, 2_000), () => this.setRole('editor'))
  }

  private restore(): void {
    const { network, server } = this.world
    this.checks.restored(this.backup)
    server.restore(this.backup)
    network.cutAll()
  }

  private loseOne(): void {
    const { weather } = this.world.network
    weather.fromServer = (message) => {
      if (message.type !== 'events') return true
      weather.fromServer = () => true
      return false
    }
  }

  /** After a moment, for what is not kept yet when a page ends is lost. Now and then it was hidden before, and crashes later. */
  private async reload(page: OpenPage): Promise<void> {
    const crashes = this.pick(1, 4) === 0
    if (crashes) page.signal('hidden')
    await this.world.clock.run(crashes ? 10 + this.pick(2, 300) : 10)
    this.checks.turned(page)
    this.pages[this.pages.indexOf(page)] = this.watched(crashes ? page.afterCrash() : page.reload())
  }
}

/** The failure of a seed, with the fewest steps that still show it; undefined when all holds. */
export async function failureOf(seed: number, steps = plan(seed), shrinking = true): Promise<string | undefined> {
  const first = await failing(seed, steps)
  if (!first || !shrinking) return first?.why
  const fewest = await shrink(steps, async (fewer) => (await failing(seed, fewer)) !== undefined)
  const last = (await failing(seed, fewest)) ?? first
  const list = fewest.map((s) => `  { kind: '${s.kind}', chance: [${s.chance.map((c) => c.toFixed(6)).join(', ')}], pause: ${s.pause} },`)
  return `seed ${seed}: ${last.why}\n${fewest.length} of ${steps.length} steps:\n${list.join('\n')}\ntrace:\n  ${last.trace.join('\n  ')}`
}

async function failing(seed: number, steps: readonly Step[]): Promise<{ why: string; trace: string[] } | undefined> {
  const run = new Simulation(seed)
  try {
    await run.play(steps)
    return undefined
  } catch (error) {
    return { why: error instanceof Error ? (error.stack ?? error.message) : String(error), trace: run.trace }
  }
}
