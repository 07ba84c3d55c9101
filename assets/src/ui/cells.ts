// A table's cells, from what spreadsheets and pages put onto the clipboard: rows
// of texts, '' where a cell is empty.

import { clean } from './caret.ts'
import { inert } from './inert.ts'

export type Cells = readonly (readonly string[])[]

const MOST_SPAN = 100 // cells that one may span: a page may say anything

/** The table that the page's text is all about; null when there is none, or more beside it. */
export function cellsOfPage(html: string): Cells | null {
  if (!/<table/i.test(html)) return null
  const page = inert(html)
  const table = page.querySelector('table')
  if (!table || table.querySelector('table')) return null
  const rows = [...table.rows].map((row) => [...row.cells])
  table.remove()
  page.querySelectorAll('style, script').forEach((element) => element.remove())
  if (page.textContent?.trim()) return null
  return worth(laidOut(rows))
}

/** Puts cells that span several columns or rows into the first of them. */
function laidOut(rows: readonly (readonly HTMLTableCellElement[])[]): string[][] {
  const grid: (string | undefined)[][] = rows.map(() => [])
  rows.forEach((cells, y) => {
    let x = 0
    for (const cell of cells) {
      while (grid[y]![x] !== undefined) x++
      const wide = Math.min(cell.colSpan, MOST_SPAN)
      for (let down = 0; down < Math.min(cell.rowSpan, MOST_SPAN) && y + down < rows.length; down++) {
        for (let along = 0; along < wide; along++) grid[y + down]![x + along] = ''
      }
      grid[y]![x] = textOf(cell)
    }
  })
  return grid.map((row) => Array.from(row, (text) => text ?? ''))
}

/** A cell's words. Where the page has its lines broken, is for the page; what breaks them on purpose stays. */
function textOf(cell: HTMLElement): string {
  const words = (node: Node): string => {
    if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replace(/\s+/g, ' ')
    const inner = [...node.childNodes].map(words).join('')
    if (node.nodeName === 'BR') return '\n'
    return /^(P|DIV|LI)$/.test(node.nodeName) ? `\n${inner}\n` : inner
  }
  return clean(words(cell)).replace(/ *\n+ */g, '\n').trim()
}

/** The cells of a text with tabs between them, as many in each line; null when it is none. */
export function cellsOfText(text: string): Cells | null {
  if (!text.includes('\t')) return null
  const rows = fields(clean(text).replace(/\n+$/, ''))
  const wide = rows[0]!.length
  // Tabs at the beginning of lines are a list or a program, not a table.
  const isTable = wide > 1 && rows.every((row) => row.length === wide) && rows.some((row) => row[0]?.trim())
  return isTable ? worth(rows.map((row) => row.map((cell) => cell.trim()))) : null
}

/** One cell is no table. */
function worth(rows: string[][]): Cells | null {
  return rows.flat().filter(Boolean).length > 1 ? rows : null
}

/** A cell with a line break stands in quotes, and each quote in it twice. */
const FIELD = /"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*)/y

function fields(text: string): string[][] {
  const rows: string[][] = [[]]
  for (let at = 0; at <= text.length; at++) {
    FIELD.lastIndex = at
    const [whole, quoted, plain] = FIELD.exec(text)!
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!)
    at += whole.length
    if (text[at] === '\n') rows.push([])
  }
  return rows
}
