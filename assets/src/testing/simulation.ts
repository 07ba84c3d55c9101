import assert from 'node:assert/strict'
import type { Note } from '../notes/note.ts'
import type { Rejected } from '../sync/types.ts'
import { Checks } from './checks.ts'
import { MemoryBrowser } from './memory.ts'
import { OpenPage, World } from './page.ts'
import type { Trouble } from './server.ts'

const troubles: Trouble[] = ['lose', 'cut before commit', 'cut after commit', 'retry', 'retry after commit', 'refuse frame']

/** Several people at work on one board, with trouble, all drawn from a seed. */
export class Simulation {
  readonly world: World
  readonly pages: OpenPage[]
  readonly done = new Map<string, number>()
  private readonly checks = new Checks()
  private readonly rejected: Rejected[] = []
  private nextChar = 0x4e00

  constructor(
    seed: number,
    private readonly options: { people: number; undo: boolean },
  ) {
    this.world = new World(seed)
    this.pages = Array.from({ length: options.people }, (_, i) => this.watched(new OpenPage(this.world, new MemoryBrowser(`person${i}`))))
    this.world.server.trouble = () => this.trouble()
  }

  static readonly everything = [
    'create', 'type', 'erase', 'move', 'group', 'colour', 'delete', 'rename', 'undo', 'redo', 'wait',
    'cut', 'down', 'reload', 'drain', 'lose events', 'repeat events', 'resync', 'forget log', ...troubles,
  ]

  /** Lets people do so many things, with little pauses. */
  async play(actions: number): Promise<void> {
    const { clock } = this.world
    for (let i = 0; i < actions; i++) {
      if (clock.random() < 0.12) await this.disturb()
      else this.act(clock.pick(this.pages.length))
      await clock.run(clock.pick(120))
      for (const page of this.pages) this.checks.view(page)
    }
  }

  /** Ends all trouble and waits until everything is saved. */
  async rest(): Promise<void> {
    const { clock, network, server } = this.world
    server.trouble = () => 'none'
    network.weather.down = false
    network.weather.fromServer = () => true
    for (const page of this.pages) await clock.until('rest', () => page.state.kind === 'live')
    await clock.run(25_000) // so that pings find what got lost last
  }

  /** What must hold when nothing is on its way. */
  checkRest(): void {
    const { server } = this.world
    for (const page of this.pages) {
      assert.equal(page.state.kind, 'live')
      assert.equal(page.client.seq, server.doc.seq)
      assert.equal(page.client.hash(), server.doc.hash(), 'I8')
      assert.deepEqual(server.divergences, [], 'I8: at every pong')
      assert.deepEqual(page.drifts, [])
      this.checks.view(page)
    }
    for (const [name, n] of server.commits) assert.equal(n, 1, `I3: ${name}`)
    if (!this.options.undo) this.checks.characters(server.doc, this.rejected)
  }

  private watched(page: OpenPage): OpenPage {
    page.client.onRejected((r) => this.rejected.push(r))
    return page
  }

  private count(what: string): void {
    this.done.set(what, (this.done.get(what) ?? 0) + 1)
  }

  private act(who: number): void {
    const page = this.pages[who]
    if (!page) return
    const { clock } = this.world
    const notes = page.client.view.live()
    const note = notes[clock.pick(notes.length)]
    const draw = clock.random()
    if (!note || draw < 0.1) return this.create(page)
    if (draw < 0.45) return this.type(page, note)
    if (draw < 0.55) return this.erase(page, note)
    if (draw < 0.7) return this.move(page, note)
    if (draw < 0.76) return this.group(page, notes)
    if (draw < 0.8) return this.set(page, note, { color: clock.random() < 0.5 ? 'teal' : 'pink' }, 'colour')
    if (draw < 0.83) return this.remove(page, note)
    if (draw < 0.86) return this.rename(page)
    if (draw < 0.95 && this.options.undo) return this.undo(page)
    this.count('wait')
  }

  private create(page: OpenPage): void {
    this.count('create')
    page.create(this.chars(this.world.clock.pick(4)), { x: this.world.clock.pick(1000) })
  }

  private chars(n: number): string {
    const text = Array.from({ length: n }, () => String.fromCodePoint(this.nextChar++ + (this.world.clock.random() < 0.2 ? 0x1b200 : 0)))
    for (const c of text) this.checks.typed(c)
    return text.join('')
  }

  private type(page: OpenPage, note: Note): void {
    this.count('type')
    const at = this.world.clock.pick([...note.text].length + 1)
    const text = this.chars(1 + this.world.clock.pick(3))
    page.client.text(note.id, at > 0 ? [at, text] : [text])
  }

  private erase(page: OpenPage, note: Note): void {
    const chars = [...note.text]
    if (chars.length === 0) return
    this.count('erase')
    const at = this.world.clock.pick(chars.length)
    const n = 1 + this.world.clock.pick(Math.min(3, chars.length - at))
    for (const c of chars.slice(at, at + n)) this.checks.erased(c)
    page.client.text(note.id, at > 0 ? [at, -n] : [-n])
  }

  private move(page: OpenPage, note: Note): void {
    const { clock } = this.world
    const undo = clock.random() < 0.7 ? 'join' : 'step'
    this.set(page, note, { x: clock.pick(1000), y: clock.pick(1000) }, 'move', undo)
  }

  private set(page: OpenPage, note: Note, set: Partial<Note>, what: string, undo: 'join' | 'step' = 'step'): void {
    this.count(what)
    this.checks.wrote(page, note.id, set)
    page.client.submit({ kind: 'note.set', note: note.id, set }, { undo })
  }

  private group(page: OpenPage, notes: Note[]): void {
    this.count('group')
    const set = { y: this.world.clock.pick(1000) }
    const some = notes.slice(0, 3)
    for (const note of some) this.checks.wrote(page, note.id, set)
    page.client.submit({ kind: 'batch', ops: some.map((n) => ({ kind: 'note.set', note: n.id, set })) })
  }

  private remove(page: OpenPage, note: Note): void {
    this.count('delete')
    this.checks.deleted(note.id)
    page.client.submit({ kind: 'note.delete', note: note.id })
  }

  private rename(page: OpenPage): void {
    this.count('rename')
    page.client.submit({ kind: 'board.set', set: { name: `Board ${this.world.clock.pick(100)}` } })
  }

  private undo(page: OpenPage): void {
    this.checks.turned(page)
    for (let n = this.world.clock.pick(4); n >= 0; n--) {
      const redo = page.client.canRedo && this.world.clock.random() < 0.4
      if (!redo && !page.client.canUndo) return
      this.count(redo ? 'redo' : 'undo')
      if (redo) page.client.redo()
      else page.client.undo()
    }
  }

  private trouble(): Trouble {
    const { clock } = this.world
    if (clock.random() > 0.06) return 'none'
    const what = troubles[clock.pick(troubles.length)] ?? 'none'
    this.count(what)
    return what
  }

  private async disturb(): Promise<void> {
    const { clock, network, server } = this.world
    const kinds = ['cut', 'down', 'reload', 'drain', 'lose events', 'repeat events', 'resync', 'forget log']
    const what = kinds[clock.pick(kinds.length)] ?? 'cut'
    const sockets = [...network.open]
    const session = [...server.sessions][clock.pick(server.sessions.size)]
    const who = clock.pick(this.pages.length)
    this.count(what)
    if (what === 'cut') sockets[clock.pick(sockets.length)]?.cut()
    if (what === 'down') this.goDown()
    if (what === 'reload') await this.reload(who)
    if (what === 'drain') session?.conn.send({ type: 'drain', within: 500 })
    if (what === 'lose events') this.loseOne()
    if (what === 'repeat events') session?.conn.send({ type: 'events', events: server.log.slice(-3) })
    if (what === 'resync') session?.conn.send({ type: 'resync' })
    if (what === 'forget log') server.logFloor = server.doc.seq
  }

  private goDown(): void {
    const { clock, network } = this.world
    network.weather.down = true
    network.cutAll()
    clock.after(clock.pick(3_000), () => (network.weather.down = false))
  }

  private loseOne(): void {
    const { weather } = this.world.network
    weather.fromServer = (message) => {
      if (message.type !== 'events') return true
      weather.fromServer = () => true
      return false
    }
  }

  /** After a moment, for what is not kept yet when a page ends is lost. */
  private async reload(who: number): Promise<void> {
    await this.world.clock.run(10)
    const page = this.pages[who]
    if (!page) return
    this.checks.turned(page)
    this.pages[who] = this.watched(page.reload())
  }
}
