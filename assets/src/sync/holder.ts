import { type BoardFields, isLive, type Note } from '../notes/note.ts'
import type { Replica } from '../notes/op.ts'

/** A replica of one note: what the ops on it alone make of it. */
export class Holder implements Replica {
  constructor(
    public held: Note | undefined,
    readonly board: BoardFields,
  ) {}

  note(id: string): Note | undefined {
    return this.held?.id === id ? this.held : undefined
  }

  put(note: Note): void {
    this.held = note
  }

  get size(): number {
    return isLive(this.held) ? 1 : 0
  }

  setBoard(): void {
    throw new Error('a single note has no board to set')
  }
}
