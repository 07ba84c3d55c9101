import { apply, type Delta, DeltaError } from '../notes/delta.ts'
import type { Document } from '../notes/document.ts'
import { type Op, type SingleOp, singles } from '../notes/op.ts'
import type { Entry } from './pending.ts'
import type { Rebase } from './rebase.ts'

/** The words of an op that would be lost if it came to nothing; undefined when it holds none. */
export function wordsOfOp(op: Op, view: Document): string | undefined {
  return joined(singles(op).map((one) => wordsOfSingle(one, view)))
}

function wordsOfSingle(op: SingleOp, view: Document): string | undefined {
  if (op.kind === 'note.create') return op.text || undefined
  if (op.kind !== 'note.text') return undefined
  return tryApply(op.delta, view.note(op.note)?.text ?? '')
}

/**
 * The words of pending entries: for each note that they write on, the text as
 * its author last saw it, with whatever else they typed behind it.
 */
export function wordsOf(entries: readonly Entry[], rebase: Rebase): string | undefined {
  const known = entries.map((e) => e.words)
  const written = entries.filter((e) => e.words === undefined).flatMap((e) => [...e.touches].filter(([, ops]) => ops.some(writes)))
  const ids = new Set(written.map(([id]) => id))
  return joined([...known, ...[...ids].map((id) => typed(id, rebase))])
}

/** Tells whether an op holds words. */
export function writes(op: SingleOp): boolean {
  return op.kind === 'note.text' || (op.kind === 'note.create' && op.text !== '')
}

/** The note's text with everything pending, whether or not it is deleted. */
function typed(id: string, rebase: Rebase): string | undefined {
  let text = rebase.confirmed.note(id)?.text
  for (const entry of rebase.pending.touching(id)) {
    for (const op of entry.touches.get(id) ?? []) {
      if (op.kind === 'note.create') text = op.text
      if (op.kind === 'note.text') text = tryApply(op.delta, text ?? '') ?? text
    }
  }
  return text
}

function tryApply(delta: Delta, text: string): string | undefined {
  try {
    return apply(delta, text)
  } catch (error) {
    if (!(error instanceof DeltaError)) throw error
    return delta.filter((part) => typeof part === 'string').join('') || undefined
  }
}

function joined(texts: (string | undefined)[]): string | undefined {
  const found = texts.filter((t) => t !== undefined && t !== '')
  return found.length === 0 ? undefined : found.join('\n')
}
