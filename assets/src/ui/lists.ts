// Lists go on by themselves: a new line after an item begins the next one; in
// an item that is empty it ends the list.

/** Puts `text` in place of what stands between two UTF-16 indices. */
export interface Replacement {
  readonly from: number
  readonly to: number
  readonly text: string
}

const ITEM = /^([ \t]*)(?:([-*•]|(\d{1,6})([.)]))([ \t]+))?(?:\[[ xX]{1,4}\]([ \t]+|$))?/

/** What a new line does there, or null where it is only a new line. */
export function newLine(text: string, from: number, to: number): Replacement | null {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const end = (text.indexOf('\n', to) + text.length + 1) % (text.length + 1)
  const marker = markerOf(text.slice(start, end))
  if (!marker || from - start < marker.length) return null
  if (text.slice(start + marker.length, end).trim() === '') return { from: start, to: end, text: '' }
  return { from, to, text: `\n${nextMarker(marker)}` }
}

/**
 * The mark of an item that got one by itself, where its writer has typed one too,
 * as they would on paper; null where that is none. A box alone takes the place of a box.
 */
export function typedAgain(marker: string, typed: string): string | null {
  const [whole, indent, bullet] = ITEM.exec(`${typed} `)!
  if (whole !== `${typed} ` || typed.trim() === '') return null
  if (bullet) return `${indent || marker.match(/^[ \t]*/)![0]}${typed.trim()} `
  return marker.includes('[') ? marker.replace(/\[.*$/, `${typed.trim()} `) : null
}

/** What stands before the words of an item, '' or '- [x] '. */
function markerOf(line: string): string {
  const found = ITEM.exec(line)![0]
  return found.trim() === '' ? '' : found
}

/** The number after this one, and nothing ticked yet. */
function nextMarker(marker: string): string {
  return marker
    .replace(/\d+(?=[.)])/, (n) => String(Number(n) + 1))
    .replace(/\[[ xX]+\]\s*$/, '[ ] ')
}
