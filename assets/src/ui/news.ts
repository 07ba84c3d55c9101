// What others do, told to who cannot see it: gathered, so that a busy board does
// not talk without end.

import type { Note } from '../notes/note.ts'
import { plural, say } from '../say.ts'
import type { Change } from '../sync/types.ts'
import type { Board } from './board.ts'

const GATHER = 5000 // ms

/** Counts what others did and puts it into one sentence each. */
export class Gathering {
  private readonly added = new Map<string, number>()
  private readonly said = new Set<string>()
  private readonly changed = new Set<string>()

  add(author: string, kind?: Note['kind']): void {
    if (kind === 'frame') this.tell(say('{who} added a frame.', { who: author || say('Somebody') }))
    else this.added.set(author, (this.added.get(author) ?? 0) + 1)
  }

  change(note: string): void {
    this.changed.add(note)
  }

  /** A sentence of its own. */
  tell(words: string): void {
    this.said.add(words)
  }

  /** What there is to tell, and begins anew. */
  take(): string {
    const out = [...this.said]
    for (const [author, n] of this.added) out.push(plural(n, '{who} added {n} note.', '{who} added {n} notes.', { who: author || say('Somebody') }))
    if (this.changed.size > 0) out.push(plural(this.changed.size, '{n} note changed.', '{n} notes changed.'))
    this.said.clear()
    this.added.clear()
    this.changed.clear()
    return out.join(' ')
  }
}

const others = new Gathering()
let timer = 0

export function tellingNews(board: Board): void {
  const known = new Set(board.stage.ids())
  board.client.onChange((change) => take(board, change, known))
}

/** Tells a sentence of its own, with all else that comes until then. */
export function tellOfOthers(board: Board, words: string): void {
  others.tell(words)
  soon(board)
}

/** Others' new notes and changes, for who listens instead of looking. */
function take(board: Board, change: Change, known: Set<string>): void {
  const { announcer, selection } = board
  const me = board.me.who?.id
  if (change.all) return board.stage.ids().forEach((id) => known.add(id))
  for (const id of change.notes) {
    const note = board.stage.note(id)
    if (!known.has(id) && note && note.author.id !== me && announcer.wants(false)) others.add(note.author.name, note.kind)
    known.add(id) // and stays so: what was deleted and comes back is nobody's new note
  }
  for (const { note } of change.remoteText) {
    const concernsMe = selection.has(note) || board.stage.note(note)?.author.id === me
    if (note !== board.editor.id && announcer.wants(concernsMe)) others.change(note)
  }
  soon(board)
}

/** Tells what was gathered, soon. */
function soon({ announcer, quiet }: Board): void {
  timer ||= window.setTimeout(() => {
    timer = 0
    const words = others.take()
    if (words && !quiet.isCalm) announcer.show(words)
  }, GATHER)
}
