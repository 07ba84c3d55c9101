// A text field counts in UTF-16 units, a delta in code points.

import { length } from '../notes/delta.ts'

/** The code point index of a UTF-16 index. */
export function toPoints(text: string, units: number): number {
  return length(text.slice(0, units))
}

/** The UTF-16 index of a code point index; the text's end when it has fewer. */
export function toUnits(text: string, points: number): number {
  let units = 0
  for (const point of text) {
    if (points-- <= 0) break
    units += point.length
  }
  return units
}

/**
 * What may stand in a note: line breaks of one sort, no control characters but
 * tabs, no half of a character.
 */
export function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
}

/** At most so many code points. */
export function cut(text: string, most: number): string {
  return text.slice(0, toUnits(text, Math.max(most, 0)))
}
