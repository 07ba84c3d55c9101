import { hashDocument } from './hash.ts'
import { below, type BoardFields, isLive, type Note } from './note.ts'
import type { Replica } from './op.ts'

/** A board's whole content at a seq, as the server sends it. */
export interface Snapshot {
  seq: number
  board: BoardFields
  notes: Note[]
}

/**
 * A board's whole content at `seq`. Deleted notes stay in `notes` with `deleted`
 * set, so that they can be restored and their ids are not used again.
 */
export class Document implements Replica {
  readonly notes = new Map<string, Note>()
  private count = 0

  constructor(
    public epoch: number,
    public seq: number,
    public board: BoardFields,
    notes: Iterable<Note>,
  ) {
    for (const note of notes) this.put(note)
  }

  note(id: string): Note | undefined {
    return this.notes.get(id)
  }

  put(note: Note): void {
    if (isLive(this.notes.get(note.id))) this.count--
    if (isLive(note)) this.count++
    this.notes.set(note.id, note)
  }

  /** Forgets a note altogether, as if its creation had not happened. */
  drop(id: string): void {
    if (isLive(this.notes.get(id))) this.count--
    this.notes.delete(id)
  }

  /** Starts over with another content. */
  reset(seq: number, board: BoardFields, notes: Iterable<Note>): void {
    this.notes.clear()
    this.count = 0
    this.seq = seq
    this.board = board
    for (const note of notes) this.put(note)
  }

  setBoard(board: BoardFields): void {
    this.board = board
  }

  /** The number of live notes. */
  get size(): number {
    return this.count
  }

  /** The live notes from the bottom to the top. */
  live(): Note[] {
    return [...this.notes.values()].filter(isLive).sort(below)
  }

  /** The fingerprint of the live content, see hashDocument. */
  hash(): string {
    return hashDocument(this.board, this.notes.values())
  }
}
