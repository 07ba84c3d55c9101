// The first words that a board has for who cannot see it.

import { plural } from '../say.ts'
import type { Board } from './board.ts'

/** What this is, and the two ways in: with the focus on the desk, a page that loads has nothing else to say. */
export function tellBoard({ announcer, page, client }: Board): void {
  const n = client.view.live().filter((note) => !note.kind).length
  announcer.now(plural(n, '{board}: {n} note. Alt+L lists it, ? tells the keys.', '{board}: {n} notes. Alt+L lists them, ? tells the keys.', {
    board: page.board.getAttribute('aria-label') ?? '',
  }))
}
