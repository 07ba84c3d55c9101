// The ways in which a text can become notes: which texts, laid out how. No DOM
// but for pages with a table.

import { length } from '../notes/delta.ts'
import { maxText } from '../notes/limits.ts'
import { plural, say } from '../say.ts'
import { clean, cut } from './caret.ts'
import { type Cells, cellsOfPage, cellsOfText } from './cells.ts'
import { type Slot, square } from './landing.ts'
import { linesOf, paragraphsOf } from './lines.ts'

/** One of the ways; its texts and slots go together. */
export interface Way {
  readonly name: string
  readonly texts: readonly string[]
  readonly slots: readonly Slot[]
}

/** What was pasted, and the ways that make different notes of it, the best first. */
export interface Ways {
  readonly from: string
  readonly ways: readonly [Way, ...Way[]]
}

export function waysOf(text: string, html: string): Ways {
  const words = clean(text).replace(/^\n+|\s+$/g, '')
  const cells = cellsOfPage(html) ?? cellsOfText(words)
  if (cells) return ofTable(cells, words)
  const paragraphs = inGrid(say('One per paragraph'), paragraphsOf(words))
  const ways = [inGrid(say('One per line'), linesOf(words)), ...(paragraphs.texts.length > 1 ? [paragraphs] : []), whole(words)]
  return { from: from(ways[0]!.texts.length), ways: distinct(ways) }
}

/** The text as one note, whatever it looks like. */
export function asOne(text: string): Ways {
  const words = clean(text).replace(/^\n+|\s+$/g, '')
  return { from: from(words ? words.split('\n').length : 0), ways: [whole(words)] }
}

function from(lines: number): string {
  return plural(lines, 'from one line', 'from {n} lines')
}

function ofTable(cells: Cells, words: string): Ways {
  const columns = Math.max(...cells.map((row) => row.length))
  const rows = inGrid(say('One per row'), cells.map((row) => row.filter(Boolean).join('\n')).filter(Boolean))
  const ways = [perCell(cells), ...(rows.texts.length > 1 ? [rows] : []), whole(words)]
  return { from: say('from a table of {rows} × {columns}', { rows: cells.length, columns }), ways: distinct(ways) }
}

/** Row by row and column by column, with gaps where cells are empty. */
function perCell(cells: Cells): Way {
  const full = cells.flatMap((texts, row) => texts.map((text, column) => ({ text, column, row }))).filter(({ text }) => text)
  return { name: say('One per cell'), texts: full.map(({ text }) => text), slots: full }
}

function inGrid(name: string, texts: readonly string[]): Way {
  return { name, texts, slots: square(texts.length) }
}

function whole(words: string): Way {
  return inGrid(say('One note'), words ? [words] : [])
}

/** Without those that make as many notes as an earlier one: they would be the same notes. */
function distinct(ways: readonly Way[]): readonly [Way, ...Way[]] {
  const seen = new Set<number>()
  const [first, ...rest] = ways.filter(({ texts: { length: n } }) => n > 0 && !seen.has(n) && seen.add(n))
  return [first ?? whole(''), ...rest]
}

/** A way as far as there is room, and what does not fit. */
export interface Fitting {
  readonly texts: readonly string[]
  readonly slots: readonly Slot[]
  readonly left: number // notes that there is no room for
  readonly short: number // texts that are longer than a note may be
}

export function fitting({ texts, slots }: Way, room: number): Fitting {
  const kept = texts.slice(0, room)
  return {
    texts: kept.map((text) => cut(text, maxText)),
    slots: slots.slice(0, room),
    left: texts.length - kept.length,
    short: kept.filter((text) => text.length > maxText && length(text) > maxText).length,
  }
}
