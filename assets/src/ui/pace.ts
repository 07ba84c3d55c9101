// How often what a hand does with notes is sent while it does it. What counts
// is the place at the end; on the way it is for those who watch.

import type { Board } from './board.ts'

const WATCHED = 50 // ms
const MANY_WATCHED = 150
const MANY = 20 // notes
const BY_A_CROWD = 100
const CROWD = 100 // people
const ALONE = 250 // an embedded board may watch, which is nobody's peer

/** Milliseconds between two sendings of so many notes. */
export function pace({ client }: Board, notes: number): number {
  const watching = client.roster.peers.size
  if (watching === 0) return ALONE
  if (notes > MANY) return MANY_WATCHED
  return watching > CROWD ? BY_A_CROWD : WATCHED
}
