import type { Op } from '../notes/op.ts'
import { maxFrameBytes, maxFrameOps, type NumberedOp } from '../protocol.ts'
import { type Confirmed, isSuperseded, withBases } from './guards.ts'
import type { Entry } from './pending.ts'

// Room for the frame's own words around the ops.
const envelope = 128

const encoder = new TextEncoder()

/** How many bytes a value has on the wire. */
export function wireSize(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length
}

/** What the server takes in one frame. */
export interface FrameLimits {
  ops: number
  bytes: number
}

export const defaultLimits: FrameLimits = { ops: maxFrameOps, bytes: maxFrameBytes }

/**
 * The entries that go into the next frame, from the front of those pending. A
 * frame ends with a batch, so that what is left of a refused one can go again
 * before anything later; and it ends before an entry that
 * - would edit a text that the frame has edited or brought back already: its
 *   delta would read on a revision that is not known yet;
 * - is guarded, and touches what an earlier entry of the frame touches: its base
 *   is not known before that has landed.
 */
export function nextFrame(pending: readonly Entry[], confirmed: Confirmed, limits: FrameLimits): Entry[] {
  const frame: Entry[] = []
  const texts = new Set<string>()
  const touched = new Set<string>()
  let bytes = envelope
  for (const entry of pending) {
    const edited = entry.textNotes()
    if (frame.length === limits.ops || edited.some((id) => texts.has(id))) break
    if (entry.guards.some((g) => touched.has(g.note))) break
    bytes += wireSize(onWire(entry, confirmed)) + 1
    if (bytes > limits.bytes && frame.length > 0) break
    frame.push(entry)
    if (entry.op.kind === 'batch') break
    for (const id of edited) texts.add(id)
    if (entry.op.kind === 'note.restore') texts.add(entry.op.note)
    for (const id of entry.touches.keys()) touched.add(id)
    if (entry.touchesBoard) touched.add('')
  }
  return frame
}

/** An entry as it goes over the wire now: text on the confirmed revision, guards as bases. */
export function onWire(entry: Entry, confirmed: Confirmed): NumberedOp {
  return { mid: entry.mid, ...withRevs(withBases(entry.op, entry.guards, confirmed), confirmed) }
}

/**
 * Gives text ops the revision that they read on. A note that is not confirmed
 * yet is one that this client is about to create, at revision 0.
 */
function withRevs(op: Op, confirmed: Confirmed): Op {
  if (op.kind === 'note.text') return { ...op, rev: confirmed.note(op.note)?.rev ?? 0 }
  if (op.kind !== 'batch') return op
  const ahead = new Map<string, number>() // earlier deltas of this batch
  const ops = op.ops.map((inner) => {
    if (inner.kind !== 'note.text') return inner
    const n = ahead.get(inner.note) ?? 0
    ahead.set(inner.note, n + 1)
    return { ...inner, rev: (confirmed.note(inner.note)?.rev ?? 0) + n }
  })
  return { ...op, ops }
}

/**
 * Why a waiting entry need not be sent: 'empty' when nothing of it is left,
 * 'superseded' when its guards no longer allow any of it.
 */
export function isMoot(entry: Entry, confirmed: Confirmed): 'empty' | 'superseded' | undefined {
  const op = entry.op
  if (op.kind === 'note.text' && op.delta.length === 0) return 'empty'
  const guards = entry.guards
  if (guards.length > 0 && guards.every((g) => isSuperseded(g, confirmed)) && onlyGuarded(op)) return 'superseded'
  return undefined
}

function onlyGuarded(op: Op): boolean {
  const ops = op.kind === 'batch' ? op.ops : [op]
  return ops.every((o) => o.kind === 'note.set' || o.kind === 'note.delete' || o.kind === 'board.set')
}
