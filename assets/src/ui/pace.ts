// How often what a hand does with notes is sent while it does it. What counts
// is the place at the end; on the way it is for those who watch.

import type { Board } from './board.ts'

const WATCHED = 50 // ms
const MANY_WATCHED = 150
const MANY = 20 // notes
const ALONE = 250 // an embedded board may watch, which is nobody's peer

/** Milliseconds between two sendings of so many notes. */
export function pace({ client }: Board, notes: number): number {
  if (client.roster.peers.size === 0) return ALONE
  return notes > MANY ? MANY_WATCHED : WATCHED
}
