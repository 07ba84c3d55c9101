import type { Op } from '../notes/op.ts'
import type { Note } from '../notes/note.ts'
import { SyncClient } from '../sync/client.ts'
import { wordsIn } from '../sync/offers.ts'
import type { WorkStore } from '../sync/store.ts'
import type { Change, Rejected, SaveState } from '../sync/types.ts'
import { FakeClock } from './clock.ts'
import type { Signal } from '../net/signals.ts'
import { MemoryBrowser, MemoryTab } from './memory.ts'
import { FakeNetwork } from './network.ts'
import { TestServer } from './server.ts'

/** One board with its server, its network and whoever has it open. */
export class World {
  readonly clock: FakeClock
  readonly server = new TestServer()
  readonly network: FakeNetwork
  private ids = 0
  private opened = 0

  constructor(seed = 1) {
    this.clock = new FakeClock(seed)
    this.network = new FakeNetwork(this.clock, this.server)
  }

  /** An id for a new note, the same in each run. */
  newId(): string {
    return `note-${String(++this.ids).padStart(5, '0')}`
  }

  /** The number of a page that is being opened, the same in each run. */
  newPage(): number {
    return ++this.opened
  }

  /** Opens the board in a browser and waits until it is live. */
  async open(name: string): Promise<OpenPage> {
    const page = new OpenPage(this, new MemoryBrowser(name))
    await page.live()
    return page
  }
}

/** A page on which the board is open. */
export class OpenPage {
  readonly client: SyncClient
  readonly number: number
  readonly rejected: Rejected[] = []
  readonly changes: Change[] = []
  readonly states: SaveState[] = []
  readonly drifts: string[] = []
  private readonly ears = new Set<(signal: Signal) => void>()
  private readonly end: () => void

  constructor(
    readonly world: World,
    readonly browser: MemoryBrowser,
    around: (store: WorkStore) => WorkStore = (store) => store,
    readonly tab = new MemoryTab(),
  ) {
    const { store, crash } = browser.page()
    this.end = crash
    this.number = world.newPage()
    const { server, network, clock } = world
    this.client = new SyncClient({
      board: 'board', epoch: server.epoch, role: server.role, snapshot: server.snapshot(), me: { id: 'u_me', name: 'Me' },
      store: around(store), tab, signals: (ear) => (this.ears.add(ear), () => this.ears.delete(ear)), dial: network.dial, clock, newId: () => world.newId(),
      drifted: (note, foreseen, landed) => this.drifts.push(`${note}: ${foreseen} → ${landed}`),
    })
    this.client.onRejected((r) => this.rejected.push(r))
    this.client.onChange((c) => this.changes.push(c))
    this.client.onState((s) => this.states.push(s))
    this.client.start()
  }

  get state(): SaveState {
    return this.states.at(-1) ?? { kind: 'booting', unsaved: 0 }
  }

  /** The words that are offered back. */
  get offered(): string[] {
    return this.client.shelf.offers.flatMap(wordsIn).map((w) => w.text)
  }

  /** Waits until the page is connected and everything is saved. */
  live(): Promise<void> {
    return this.world.clock.until('live', () => this.state.kind === 'live')
  }

  /** What the surroundings tell the page. */
  signal(signal: Signal): void {
    for (const ear of [...this.ears]) ear(signal)
  }

  /** The page is left, and is opened again in the same tab. */
  reload(): OpenPage {
    this.signal('pagehide')
    return this.afterCrash()
  }

  /** The page ends at once, and is opened again in the same tab. */
  afterCrash(): OpenPage {
    this.crash()
    return new OpenPage(this.world, this.browser, undefined, this.tab)
  }

  crash(): void {
    this.end()
    this.client.stop()
  }

  /** Makes a note and answers with its id. */
  create(text = '', more: Partial<Op & { kind: 'note.create' }> = {}): string {
    const note = this.world.newId()
    this.client.submit({ kind: 'note.create', note, x: 0, y: 0, w: 200, h: 200, color: 'yellow', z: 'a0', text, ...more })
    return note
  }

  note(id: string): Note | undefined {
    const note = this.client.view.note(id)
    return note?.deleted === undefined ? note : undefined
  }

  /** The shown text of a note. */
  text(id: string): string | undefined {
    return this.note(id)?.text
  }
}
