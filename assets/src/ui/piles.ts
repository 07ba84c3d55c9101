// The piles that the notes on the plane lie in. When one note comes, goes or changes
// its size, the browser looks at all that lie in the same box, which takes as long as
// making one of them for every thirty that are there. A pile has no look and no place
// of its own: what lies above what is said by the notes.

import { make } from './page.ts'

const FULL = 24 // about as many as there are piles when there are the most notes

export class Piles {
  private readonly piles: HTMLElement[] = []

  constructor(private readonly plane: HTMLElement) {}

  /** One with room for a note. */
  free(): HTMLElement {
    return this.piles.find((pile) => pile.childElementCount < FULL) ?? this.begin()
  }

  private begin(): HTMLElement {
    const pile = make('div', 'pile')
    this.piles.push(pile)
    this.plane.append(pile)
    return pile
  }
}
