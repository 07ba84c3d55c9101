import { apply, diff } from '../notes/delta.ts'
import type { Note } from '../notes/note.ts'
import type { Ack, Welcome } from '../protocol.ts'
import { dependents } from './dependents.ts'
import { type Guard, sameGuard } from './guards.ts'
import type { Offer } from './offers.ts'
import { Entry, type PendingList, rebaseText } from './pending.ts'
import type { Rebase } from './rebase.ts'
import { type SavedEntry, type SavedWork, textsOf } from './store.ts'
import { writes } from './words.ts'

/** What a page keeps besides its pending entries. */
export interface Besides {
  offers: readonly Offer[]
  earlier: SavedWork | undefined // what this page has not taken up yet
}

/** The pending work as it is kept over a reload. */
export function workOf(rebase: Rebase, board: string, client: string, { offers, earlier }: Besides): SavedWork {
  const entries = rebase.pending.entries.map((entry) => saved(entry, rebase))
  return { board, client, epoch: rebase.confirmed.epoch, entries, ...(offers.length > 0 && { offers }), ...(earlier && { earlier }) }
}

const lastSaved = new WeakMap<Entry, SavedEntry>()

/** Tells whether the entry was ever about to be kept. */
export function wasSaved(entry: Entry): boolean {
  return lastSaved.has(entry)
}

/** An entry as it is to be kept: the same object as the last time, unless something about it is other now. */
function saved(entry: Entry, rebase: Rebase): SavedEntry {
  const before = lastSaved.get(entry)
  const { key, mid, op, guards } = entry
  const texts: Record<string, string> = {}
  const shown: Record<string, Note> = {}
  for (const id of entry.textNotes()) {
    const note = rebase.confirmed.note(id)
    if (note) texts[id] = note.text
  }
  for (const [id, ops] of entry.touches) {
    const note = ops.some((o) => o.kind !== 'note.set' && o.kind !== 'note.delete') ? rebase.view.note(id) : undefined
    if (note) shown[id] = note
  }
  const isSame = before?.mid === mid && before.op === op && before.guards.length === guards.length &&
    guards.every((g, i) => sameGuard(g, before.guards[i]!)) && sameFields(texts, before.texts) && sameFields(shown, before.shown)
  if (isSame) return before
  const now = { key, mid, op, guards: guards.map((g) => ({ ...g })), texts, shown }
  lastSaved.set(entry, now)
  return now
}

function sameFields<T>(a: Record<string, T>, b: Record<string, T> = {}): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

/** The layers of left-behind work, the newest first. */
export function layersOf(work: SavedWork | undefined): SavedWork[] {
  return work ? [work, ...layersOf(work.earlier)] : []
}

/**
 * Tells whether the server has forgotten a client that had sent these entries: it
 * is new there, or from before a mid that it had answered.
 */
export function hasForgotten(w: Pick<Welcome, 'new' | 'last_mid'>, entries: readonly { mid: number }[]): boolean {
  const sent = entries.filter((e) => e.mid > 0).map((e) => e.mid)
  return sent.length > 0 && (w.new === true || Math.min(...sent) > w.last_mid + 1)
}

/** What came of left-behind work. */
export interface Recovered {
  entries: Entry[] // to be done before anything newer
  refused: { entry: Entry; ack: Extract<Ack, { status: 'rejected' }> }[]
  landed: Entry[]
  kept: Map<number, Entry> // those to be done and those that landed, by the keys under which they were left
}

/**
 * Takes up work that an earlier page left behind, now that the server has told
 * how far it got. Text is carried over from what it read on then to what is
 * confirmed now.
 */
export function recover(work: SavedWork, rebase: Rebase, lastMid: number, results: readonly Ack[]): Recovered {
  const all = revive(work.entries, rebase.pending)
  const answers = new Map(results.map((ack) => [ack.mid, ack]))
  const bases = new Map(Object.entries(textsOf(work)))
  const out: Recovered = { entries: [], refused: [], landed: [], kept: new Map() }
  const isWaiting = (entry: Entry): boolean => entry.mid === 0 || entry.mid > lastMid
  const gone = new Set<Entry>()
  all.forEach((entry, i) => {
    const ack = answers.get(entry.mid)
    if (gone.has(entry)) return
    if (isWaiting(entry)) {
      out.entries.push(entry)
    } else if (ack?.status === 'rejected' || ack?.status === 'noop') {
      const behind = all.slice(i + 1)
      const lost = [entry, ...(ack.status === 'rejected' ? dependents(entry, ack.code, behind.filter(isWaiting)) : [])]
      for (const e of lost) gone.add(e)
      entry.words = wordsOn(bases, lost)
      unwrite(bases, lost, behind.filter((e) => !gone.has(e)))
      if (ack.status === 'rejected') out.refused.push({ entry, ack })
    } else {
      advanceTexts(bases, entry)
      out.landed.push(landedAt(entry, ack))
    }
  })
  carryOver(out.entries, bases, rebase)
  const kept = new Set([...out.entries, ...out.landed])
  all.forEach((entry, i) => kept.has(entry) && out.kept.set(work.entries[i]!.key, entry))
  return out
}

/** Carries the text behind entries over the loss of theirs. */
function unwrite(bases: ReadonlyMap<string, string>, lost: readonly Entry[], later: readonly Entry[]): void {
  const texts = textsOn(bases, lost)
  for (const id of new Set(lost.flatMap((e) => e.textNotes()))) rebaseText(later, id, diff(texts.get(id) ?? '', bases.get(id) ?? ''))
}

function landedAt(entry: Entry, ack: Ack | undefined): Entry {
  entry.seq = ack?.status === 'ok' ? ack.seq : 0
  return entry
}

/** Entries under names of this page. */
function revive(saved: readonly SavedEntry[], pending: PendingList): Entry[] {
  const keys = new Map(saved.map((s) => [s.key, pending.newKey()]))
  const guard = (g: Guard): Guard => ({ ...g, key: g.key === 0 ? 0 : (keys.get(g.key) ?? 0) })
  return saved.map((s) => {
    const entry = new Entry(keys.get(s.key) ?? 0, s.op, s.guards.map(guard), s.guards.length === 0)
    entry.mid = s.mid
    return entry
  })
}

function advanceTexts(bases: Map<string, string>, entry: Entry): void {
  for (const [id, ops] of entry.touches) {
    for (const op of ops) {
      const base = bases.get(id)
      if (op.kind === 'note.create') bases.set(id, op.text)
      if (op.kind === 'note.text' && base !== undefined) bases.set(id, apply(op.delta, base))
    }
  }
}

function carryOver(entries: readonly Entry[], bases: ReadonlyMap<string, string>, rebase: Rebase): void {
  for (const [id, base] of bases) {
    const note = rebase.confirmed.note(id)
    if (note) rebaseText(entries, id, diff(base, note.text))
    else rebase.recall(id, base)
  }
}

/** The words of the entries, which read on the bases. */
function wordsOn(bases: ReadonlyMap<string, string>, entries: readonly Entry[]): string | undefined {
  const texts = textsOn(bases, entries)
  const written = entries.flatMap((e) => [...e.touches]).filter(([, ops]) => ops.some(writes))
  return [...new Set(written.map(([id]) => id))].map((id) => texts.get(id)).join('\n') || undefined
}

function textsOn(bases: ReadonlyMap<string, string>, entries: readonly Entry[]): Map<string, string> {
  const texts = new Map(bases)
  for (const entry of entries) advanceTexts(texts, entry)
  return texts
}
