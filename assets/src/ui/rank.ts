// How well what somebody typed fits an action. Every word must be found: where
// a word of the name begins counts most, then within one, then where one of its
// other words begins, then letters that come in this order. No DOM.

import { fold } from './fold.ts'

/** Something with a name, and other words for it. */
export interface Named {
  readonly title: string
  readonly also?: string
}

/** 0 is no fit; more is better. Nothing typed fits everything. */
export function fitness(typed: string, { title, also = '' }: Named): number {
  const [names, others] = [words(title), words(also)]
  const each = words(typed).map((word) => oneWord(word, names, others))
  return each.includes(0) ? 0 : each.reduce((sum, n) => sum + n, 1)
}

/** The fitting ones, the best first; those that fit alike stay in their order. */
export function ranked<T extends Named>(typed: string, list: readonly T[]): T[] {
  const fits = list.map((named) => ({ named, fit: fitness(typed, named) })).filter(({ fit }) => fit > 0)
  return fits.sort((a, b) => b.fit - a.fit).map(({ named }) => named)
}

function words(text: string): string[] {
  return fold(text).split(/[\s/]+/).filter(Boolean)
}

function oneWord(word: string, names: readonly string[], others: readonly string[]): number {
  if (names[0]?.startsWith(word)) return 6
  if (names.some((n) => n.startsWith(word))) return 5
  if (names.some((n) => n.includes(word))) return 4
  if (others.some((o) => o.startsWith(word))) return 3
  return isInOrder(word, names.join('')) ? 1 : 0
}

/** Whether the letters come in this order, the first of them at the beginning. */
function isInOrder(letters: string, text: string): boolean {
  if (letters.length < 2 || text[0] !== letters[0]) return false
  let at = 0
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1
    if (at === 0) return false
  }
  return true
}
