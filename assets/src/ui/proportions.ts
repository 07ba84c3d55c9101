// Which notes keep their proportions when they are made larger or smaller:
// pictures, as long as nothing else is among them.

import type { Board } from './board.ts'

export function keepProportions({ stage }: Board, ids: Iterable<string>): boolean {
  return [...ids].every((id) => Boolean(stage.note(id)?.picture))
}
