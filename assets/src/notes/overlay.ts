import { type BoardFields, isLive, type Note } from './note.ts'
import type { Replica } from './op.ts'

/** A replica on top of another, which it leaves as it is. */
export class Overlay implements Replica {
  private readonly notes = new Map<string, Note>()
  private fields: BoardFields | undefined
  private added = 0

  constructor(private readonly base: Replica) {}

  note(id: string): Note | undefined {
    return this.notes.get(id) ?? this.base.note(id)
  }

  put(note: Note): void {
    if (isLive(this.note(note.id))) this.added--
    if (isLive(note)) this.added++
    this.notes.set(note.id, note)
  }

  get size(): number {
    return this.base.size + this.added
  }

  get board(): BoardFields {
    return this.fields ?? this.base.board
  }

  setBoard(board: BoardFields): void {
    this.fields = board
  }
}
