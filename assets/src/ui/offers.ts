// Where the cards of what would be lost stand. They come later: it is seldom
// that there is one.

import type { Board } from './board.ts'
import { later } from './later.ts'
import { notices } from './notices.ts'
import type { OfferCards } from './offer-cards.ts'
import { make } from './page.ts'

const cards = later(() => import('./offer-cards.ts'))

export function offering(board: Board): void {
  const host = make('section', '')
  host.id = 'offers'
  notices().append(host)
  let all: OfferCards | undefined
  let wanted = false
  board.client.shelf.onOffers((offers) => {
    wanted ||= offers.length > 0
    if (wanted) cards(({ OfferCards }) => (all ??= new OfferCards(host, board)).show(offers))
  })
  board.client.onRole(() => wanted && cards(({ enable }) => enable(host, board.canEdit())))
}

/** Brings the focus to the words of the offer that is about to come. */
export function toComing(board: Board): void {
  cards((m) => m.toComing(board))
}
