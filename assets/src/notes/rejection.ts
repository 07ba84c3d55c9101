import type { Note } from './note.ts'

/** Why an op was refused, for programs. The server knows more of them. */
export type Code =
  | 'invalid' | 'not_found' | 'exists' | 'deleted' | 'too_long' | 'too_many'
  | 'locked' | 'stale' | 'unknown_op' | 'forbidden' | 'limit'

/** The refusal of an op: nothing of it was applied. */
export interface Rejection {
  code: Code
  reason: string // a sentence for the person whose op it was
  note?: Note // the note as it is now, where there is one
}

/** What deciding an op came to. */
export type Outcome<E> = { effect: E } | { noop: true } | { reject: Rejection }

/** A refusal as an outcome. */
export function reject(code: Code, reason: string, note?: Note): { reject: Rejection } {
  return { reject: note === undefined ? { code, reason } : { code, reason, note } }
}

/** Nothing to do, as an outcome. */
export const noop = { noop: true } as const
