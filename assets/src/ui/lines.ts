// Lines of a text as notes, without the marks of the list that they stood in.

import { clean } from './caret.ts'

const BULLET = /^(?:[-*+•‣◦▪–—·]|\d{1,3}[.)])\s+/
const BOX = /^\[ ?\](?:\s+|$)/

/** The lines that say something, each without its bullet, number or empty box. */
export function linesOf(text: string): string[] {
  return clean(text).split('\n').map(bare).filter(Boolean)
}

function bare(line: string): string {
  return line.trim().replace(BULLET, '').replace(BOX, '').trim()
}

/** What stands between empty lines, as it is. */
export function paragraphsOf(text: string): string[] {
  return clean(text).split(/\n[ \t]*\n/).map((p) => p.replace(/^\n+|\s+$/g, '')).filter((p) => p.trim())
}
