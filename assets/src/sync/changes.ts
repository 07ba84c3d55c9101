import type { Delta } from '../notes/delta.ts'
import { isLive, type Note, valueFields } from '../notes/note.ts'
import type { Change } from './types.ts'

/** Gathers what the view changed by until somebody takes it. */
export class Changes {
  private now: Change = empty()
  private dirty = false

  /** A note's view went from before to after. */
  note(id: string, before: Note | undefined, after: Note | undefined): void {
    if (isLive(after)) {
      if (isLive(before) && looksAlike(before, after)) return
      this.now.notes.add(id)
      this.now.removed.delete(id)
    } else {
      if (!isLive(before)) return
      this.now.removed.add(id)
      this.now.notes.delete(id)
    }
    this.dirty = true
  }

  board(): void {
    this.now.board = true
    this.dirty = true
  }

  /** The shown text of a note was patched by something other than typing. */
  text(note: string, delta: Delta): void {
    if (delta.length === 0) return
    this.now.remoteText.push({ note, delta })
    this.dirty = true
  }

  everything(): void {
    this.now.all = true
    this.now.board = true
    this.dirty = true
  }

  /** What there is since the last take, if anything. */
  take(): Change | undefined {
    if (!this.dirty) return undefined
    const change = this.now
    this.now = empty()
    this.dirty = false
    return change
  }
}

function empty(): Change {
  return { notes: new Set(), removed: new Set(), board: false, remoteText: [], all: false }
}

function looksAlike(a: Note, b: Note): boolean {
  if (a === b) return true
  return valueFields.every((f) => a[f] === b[f]) && a.at === b.at && a.text === b.text && a.author.id === b.author.id && a.author.name === b.author.name
}
