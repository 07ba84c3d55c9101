// Several ops as one deed: one undo step, in frames that the server takes.

import { length } from '../notes/delta.ts'
import type { Values } from '../notes/note.ts'
import type { Op, SingleOp } from '../notes/op.ts'
import type { SubmitOptions } from '../sync/types.ts'
import type { Client } from './board.ts'

const MOST_OPS = 500 // the client cuts further what is too heavy for a frame
const SINGLY = 20
const MOST_TEXT = 12_000 // code points a batch: at most 4 bytes each, within a frame of 64 KiB

/** What is to be set of a note. */
interface Change {
  readonly note: string
  readonly set: Partial<Values>
}

/** Submits them all; with `join` they belong to the step before. */
export function send(client: Client, ops: readonly SingleOp[], join = false, how?: SubmitOptions): void {
  submitAll(client, parts(ops).map((part): Op => (part.length === 1 ? part[0]! : { kind: 'batch', ops: part })), join, how)
}

function submitAll(client: Client, ops: readonly Op[], join: boolean, how?: SubmitOptions): void {
  for (const op of ops) {
    client.submit(op, { ...how, undo: join ? 'join' : 'step' })
    join = true
  }
}

/**
 * Submits changes of many notes as one step. A few go one by one: they fold
 * with what still waits, and a note that somebody deletes meanwhile does not
 * hold the others back.
 */
export function sendSets(client: Client, sets: readonly Change[], join = false, how?: SubmitOptions): void {
  const ops = sets.map((s): SingleOp => ({ kind: 'note.set', ...s }))
  if (ops.length > SINGLY) send(client, ops, join, how)
  else submitAll(client, ops, join, how)
}

/** The same, of notes that are in the hand; `client.putDown()` ends it. */
export function stream(client: Client, sets: readonly Change[], join: boolean): void {
  sendSets(client, sets, join, { inHand: true })
}

/** Cuts the list so that each part fits into one frame. */
export function parts(ops: readonly SingleOp[]): SingleOp[][] {
  const out: SingleOp[][] = []
  let text = 0
  for (const op of ops) {
    const more = op.kind === 'note.create' ? length(op.text) : 0
    const last = out.at(-1)
    if (last && last.length < MOST_OPS && text + more <= MOST_TEXT) {
      last.push(op)
      text += more
    } else {
      out.push([op])
      text = more
    }
  }
  return out
}
