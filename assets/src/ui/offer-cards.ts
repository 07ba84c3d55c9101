// What is not on the board and would be lost: a card for each, with the words in
// it, that stays until the person has put it back or let it go.

import around from '../../css/notices.css'
import style from '../../css/offers.css'
import { singles } from '../notes/op.ts'
import { plural, say } from '../say.ts'
import { type Offer, wordsIn } from '../sync/offers.ts'
import { putBack } from '../sync/put-back.ts'
import type { Board } from './board.ts'
import { button } from './button.ts'
import { copyWords } from './copy.ts'
import { wear } from './later.ts'
import { make } from './page.ts'
import { refusal } from './reasons.ts'

wear(around + style)

const SOON = 1000 // ms in which a card comes that was asked for

let chosen = '' // the offer about which the person has chosen last
let awaitedUntil = 0 // the focus goes to a card that comes before

/** The cards on the page, in their place. */
export class OfferCards {
  private readonly cards = new Map<string, HTMLElement>()

  constructor(
    private readonly host: HTMLElement,
    private readonly board: Board,
  ) {
    host.setAttribute('aria-label', say('Kept for you'))
  }

  show(offers: readonly Offer[]): void {
    const { cards, host, board } = this
    const had = host.contains(document.activeElement)
    const fresh = offers.filter((offer) => !cards.has(offer.id))
    for (const [id, card] of cards) {
      if (offers.some((o) => o.id === id)) continue
      cards.delete(id)
      card.remove()
      if (id !== chosen && fresh.length === 0) board.toasts.show(say('The note is back, with your words in it.'), { key: 'back' })
    }
    for (const offer of fresh) cards.set(offer.id, append(host, board, offer))
    enable(host, board.canEdit())
    if (fresh.length > 0 && performance.now() < awaitedUntil) toOffers(board, 'last')
    if (had && !host.contains(document.activeElement)) toOffers(board, 'first')
  }
}

/** Brings the focus to the words of an offer; to the board when there is none. */
function toOffers(board: Board, which: 'first' | 'last'): void {
  const words = document.querySelectorAll<HTMLElement>('#offers .offer-words')
  const place = words[which === 'first' ? 0 : words.length - 1] ?? board.page.desk
  place.focus({ preventScroll: true })
}

/** Brings the focus to the last offer: to one that is about to come, too. */
export function toComing(board: Board): void {
  awaitedUntil = performance.now() + SOON
  toOffers(board, 'last')
}

/** Who may only look keeps the words, and can copy them. */
export function enable(host: HTMLElement, mayEdit: boolean): void {
  for (const b of host.querySelectorAll<HTMLButtonElement>('.offer-keep')) b.disabled = !mayEdit
}

function append(host: HTMLElement, board: Board, offer: Offer): HTMLElement {
  const card = make('article', 'offer island')
  card.dataset['code'] = offer.code
  const words = list(offer)
  card.append(make('p', 'offer-reason', refusal(offer)), words, buttons(board, offer, words))
  host.append(card)
  board.announcer.now(`${refusal(offer)} ${summary(offer)}`)
  return card
}

function list(offer: Offer): HTMLElement {
  const items = make('ul', 'offer-words')
  items.tabIndex = 0
  for (const { text, color } of wordsIn(offer)) {
    const item = make('li', '', text)
    item.dataset['color'] = color
    item.dir = 'auto'
    items.append(item)
  }
  const silent = wordless(offer)
  if (silent > 0) items.append(make('li', 'offer-more', besides(silent, items.childElementCount > 0)))
  return items
}

function besides(n: number, more: boolean): string {
  return more
    ? plural(n, 'And {n} change of place, colour or name', 'And {n} changes of place, colour or name')
    : plural(n, '{n} change of place, colour or name', '{n} changes of place, colour or name')
}

/** The edits that no words show. */
function wordless(offer: Offer): number {
  const shown = new Set(wordsIn(offer).map((w) => w.note))
  return offer.ops.flatMap(singles).filter((op) => op.kind === 'board.set' || !shown.has(op.note)).length
}

function summary(offer: Offer): string {
  const words = wordsIn(offer).length
  return words > 0 ? plural(words, '{n} text is kept for you.', '{n} texts are kept for you.') : say('Your changes are kept for you.')
}

function buttons(board: Board, offer: Offer, words: HTMLElement): HTMLElement {
  const row = make('div', 'offer-buttons')
  const isNote = offer.ops.length === 1 && offer.ops[0]?.kind === 'note.create'
  const keep = button(isNote ? say('Put back as a new note') : say('Keep'), () => keepIt(board, offer), 'button primary offer-keep')
  const text = wordsIn(offer).map((w) => w.text).join('\n\n')
  const copy = button(say('Copy'), () => void copyWords(copy, text, () => getSelection()?.selectAllChildren(words)))
  row.append(keep, ...(text ? [copy] : []), button(say('Discard'), () => discard(board, offer)))
  return row
}

function discard(board: Board, { id }: Offer): void {
  chosen = id
  const bringBack = board.client.shelf.discard(id)
  board.toasts.show(say('Discarded.'), { key: `discarded ${id}`, lasts: 12_000, action: { label: say('Undo'), run: bringBack } })
}

function keepIt(board: Board, { id }: Offer): void {
  chosen = id
  const before = new Set(board.client.view.notes.keys())
  board.client.shelf.accept(id, putBack)
  const made = [...board.client.view.notes.keys()].filter((note) => !before.has(note) && board.stage.note(note))
  if (made.length > 0) board.selection.set(made)
  board.announcer.now(say('Put back.'))
}
