import { type Delta, transform } from '../notes/delta.ts'
import { type NoteOp, type Op, type SingleOp, singles, type TextOp } from '../notes/op.ts'
import { fold } from './fold.ts'
import type { Guard } from './guards.ts'

/**
 * One op made here and not yet settled. Its text deltas read on the confirmed
 * text with all earlier entries applied.
 */
export class Entry {
  mid = 0 // 0 until it first goes into a frame; then it never changes
  seq = 0 // when it landed, where that is known and its event was not seen
  words: string | undefined // what its author wrote, where that cannot be found out later
  private current: Op
  private index: Map<string, NoteOp[]> | undefined
  private board = false

  constructor(
    readonly key: number, // this page's own name of it
    op: Op,
    readonly guards: Guard[] = [],
    readonly foldable = true,
    public due = 0, // when it should leave
    public inHand = false, // it will soon be other than it is now
  ) {
    this.current = op
  }

  get op(): Op {
    return this.current
  }

  set op(op: Op) {
    this.current = op
    this.index = undefined
  }

  /** Its ops on each note, in order. */
  get touches(): ReadonlyMap<string, NoteOp[]> {
    return this.index ?? this.makeIndex()
  }

  /** Tells whether it sets the board's own fields. */
  get touchesBoard(): boolean {
    if (!this.index) this.makeIndex()
    return this.board
  }

  private makeIndex(): Map<string, NoteOp[]> {
    const index = new Map<string, NoteOp[]>()
    this.board = false
    for (const op of singles(this.current)) {
      if (op.kind === 'board.set') {
        this.board = true
        continue
      }
      const list = index.get(op.note)
      if (list) list.push(op)
      else index.set(op.note, [op])
    }
    this.index = index
    return index
  }

  /** The notes whose text it edits. */
  textNotes(): string[] {
    return [...this.touches].filter(([, ops]) => ops.some((op) => op.kind === 'note.text')).map(([id]) => id)
  }

  /** Replaces its text ops on a note, in order. */
  mapText(note: string, change: (op: TextOp) => TextOp): void {
    const map = <O extends SingleOp>(op: O): O | TextOp => (op.kind === 'note.text' && op.note === note ? change(op) : op)
    const op = this.current
    this.op = op.kind === 'batch' ? { ...op, ops: op.ops.map(map) } : map(op)
  }
}

/**
 * What was made here and is not settled, in mid order: first what was ever sent,
 * with consecutive mids, then what waits.
 */
export class PendingList {
  readonly entries: Entry[] = []
  private nextKey = 1

  get size(): number {
    return this.entries.length
  }

  /** Tells whether all of it will soon be other than it is now. */
  get isInHand(): boolean {
    return this.entries.length > 0 && this.entries.every((e) => e.inHand)
  }

  newKey(): number {
    return this.nextKey++
  }

  /** Adds an op at the end, or folds it into one that waits. Answers with the entry that holds it. */
  add(op: Op, guards: Guard[], foldable: boolean, due: number, inHand = false): Entry {
    if (foldable && guards.length === 0) {
      const host = fold(this.entries, op)
      if (host) {
        host.due = Math.min(host.due, due)
        host.inHand &&= inHand
        return host
      }
    }
    const entry = new Entry(this.newKey(), op, guards, foldable, due, inHand)
    this.entries.push(entry)
    return entry
  }

  byMid(mid: number): Entry | undefined {
    return this.entries.find((e) => e.mid === mid && mid > 0)
  }

  /** The entries that touch a note, in order. */
  touching(note: string): Entry[] {
    return this.entries.filter((e) => e.touches.has(note))
  }

  remove(entry: Entry): void {
    const at = this.entries.indexOf(entry)
    if (at >= 0) this.entries.splice(at, 1)
  }

  /** Lets an entry whose mid was used up go again, first of those that wait. */
  requeue(entry: Entry): Entry {
    this.remove(entry)
    const again = new Entry(entry.key, entry.op, entry.guards, entry.foldable, 0)
    const at = this.entries.findIndex((e) => e.mid === 0)
    this.entries.splice(at < 0 ? this.entries.length : at, 0, again)
    return again
  }

  /** The highest mid in use, 0 if none. */
  get lastMid(): number {
    return this.entries.reduce((max, e) => Math.max(max, e.mid), 0)
  }
}

/**
 * Moves the text ops of entries on a note over an edit that was confirmed before
 * them. Answers with that edit as it reads after them all: the patch to what is shown.
 */
export function rebaseText(entries: Iterable<Entry>, note: string, confirmed: Delta): Delta {
  let patch = confirmed
  for (const entry of entries) {
    if (!entry.touches.get(note)?.some((op) => op.kind === 'note.text')) continue
    entry.mapText(note, (op) => {
      const delta = transform(op.delta, patch, 'second')
      patch = transform(patch, op.delta, 'first')
      return { ...op, delta }
    })
  }
  return patch
}
