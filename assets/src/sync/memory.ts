import { diff } from '../notes/delta.ts'
import type { Note } from '../notes/note.ts'
import type { GuardBook } from './guards.ts'
import { carry, guardsOf, type History, noteOf, type Step, withoutText } from './history.ts'
import type { Entry } from './pending.ts'
import type { Rebase } from './rebase.ts'

const form = 1 // of what is kept; another one is not read
const most = 256 * 1024 // UTF-16 units that are kept

/** Where a tab keeps something of its own over a reload. No other tab sees it, but one that is a copy of this begins with a copy of it. */
export interface TabStore {
  read(): string | null
  write(text: string): void
  clear(): void
}

/** The undo steps of a page, for the next one in the same tab. */
interface Kept {
  form: number
  epoch: number
  me: string
  client: string
  done: Step[]
  undone: Step[]
  notes: Note[] // of texts and deletions in the steps, as they were shown
  typing: { key: number; notes: string[] }[] // pending edits of text, by their entries' keys
}

/**
 * What can be undone, over a reload of the page or a crash: written when the page is
 * left and whenever edits rest, and taken up by the next one in the same tab once the
 * server has let it in. What others did meanwhile, and this page itself before it
 * crashed, is found by comparing texts and by the guards' seqs.
 */
export class Memory {
  private left: Kept | undefined
  private isTaken = false // what was left is in the history, or never will be
  private isRevived = false // the guards of what was left await entries of this page

  constructor(
    private readonly store: TabStore,
    private readonly rebase: Rebase,
    private readonly history: History,
    private readonly guards: GuardBook,
    private readonly me: string,
  ) {}

  /** In a tab that is a copy, what was left is not its own: the page that did those steps is open, and undoes them itself. */
  async begin(isElsewhere: (client: string) => Promise<boolean>): Promise<void> {
    const left = parsed(this.store.read())
    if (left && (await isElsewhere(left.client))) this.store.clear()
  }

  /** Edits rest. What the page before has left stays until it is taken up. */
  rest(client: string): void {
    if (this.isTaken) this.keep(client)
  }

  /** Keeps the steps for the next page. What this one has not taken up itself stays, unless it has steps of its own. */
  keep(client: string): void {
    const { canUndo, canRedo } = this.history
    if (canUndo || canRedo) this.store.write(JSON.stringify(this.kept(client)))
    else if (this.isTaken) this.store.clear()
  }

  private kept(client: string): Kept {
    const { confirmed, pending } = this.rebase
    const room = { left: most }
    const [done, undone] = [this.history.steps.done, this.history.steps.undone].map((steps) => this.newest(steps, room)) as [Step[], Step[]]
    const typing = pending.entries.map((e) => ({ key: e.key, notes: e.textNotes() })).filter((t) => t.notes.length > 0)
    const notes = this.notesOf([...done, ...undone])
    return { form, epoch: confirmed.epoch, me: this.me, client, done, undone, notes, typing }
  }

  /** The newest steps, as many as there is room for with the notes that they need. */
  private newest(steps: readonly Step[], room: { left: number }): Step[] {
    const fit: Step[] = []
    for (const { actions } of steps.toReversed()) {
      room.left -= JSON.stringify([actions, this.notesOf([{ actions }])]).length
      if (room.left < 0) break
      fit.unshift({ actions })
    }
    return fit
  }

  private notesOf(steps: readonly Step[]): Note[] {
    const read = steps.flatMap((s) => s.actions).filter((a) => a.kind === 'text' || a.kind === 'restore')
    return [...new Set(read.map(noteOf))].flatMap((id) => this.rebase.view.note(id) ?? [])
  }

  /** The server has let this page in. */
  open(epoch: number): void {
    if (this.isTaken) return
    const left = parsed(this.store.read())
    this.left = left?.epoch === epoch && left.me === this.me ? left : undefined
  }

  /**
   * Work that a page left behind under this client id goes on, or has landed: here are
   * its entries, by the keys that they had. Their guards are about to be settled.
   */
  revived(client: string, entries: ReadonlyMap<number, Entry>): void {
    if (this.left?.client !== client || this.isRevived) return
    this.isRevived = true
    const guards = guardsOf(stepsOf(this.left))
    for (const guard of guards) {
      const entry = entries.get(guard.key)
      const isIts = guard.note === '' ? entry?.touchesBoard : entry?.touches.has(guard.note)
      guard.key = entry && isIts ? entry.key : 0
    }
    this.guards.track(guards)
    this.left.typing = this.left.typing.filter(({ key }) => !entries.has(key))
  }

  /** All that was left behind is where it belongs: its steps go under those of this page. */
  takeUp(): void {
    const { left } = this
    this.left = undefined
    this.isTaken = true
    this.store.clear()
    if (!left) return
    if (!this.isRevived) for (const guard of guardsOf(stepsOf(left))) guard.key = 0
    for (const note of left.notes) this.meet(note, left)
    // What came to nothing was not done: there is nothing to take back.
    for (const note of left.typing.flatMap((t) => t.notes)) [left.done, left.undone].forEach((steps) => withoutText(steps, note))
    this.history.inherit(left.done, left.undone)
  }

  /** The steps were made on the note as it was shown then; carries them to what is shown now. */
  private meet(note: Note, { done, undone }: Kept): void {
    const now = this.rebase.view.note(note.id)
    if (!now) return this.rebase.remember(note)
    const patch = diff(note.text, this.history.textBelow(note.id, now.text))
    for (const steps of [done, undone]) carry(steps, note.id, patch)
  }
}

function stepsOf({ done, undone }: Kept): Step[] {
  return [...done, ...undone]
}

function parsed(text: string | null): Kept | undefined {
  try {
    const kept = JSON.parse(text ?? 'null') as Kept | null
    return kept?.form === form ? kept : undefined
  } catch {
    return undefined
  }
}
