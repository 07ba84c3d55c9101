import { isColor, maxCoord, maxName, maxOrderKey, maxSize, maxText, minSize } from './limits.ts'
import type { Values } from './note.ts'
import { length } from './parts.ts'
import { reject, type Rejection } from './rejection.ts'
import { isOrderKey } from './zorder.ts'

/**
 * Refuses what a note may not hold: too many code points, control characters
 * other than newline and tab, and halves of surrogate pairs.
 */
export function checkText(s: string): Rejection | undefined {
  if (/[\ud800-\udfff]/u.test(s)) return reject('invalid', 'The text is not valid Unicode.').reject
  const control = /[\x00-\x08\x0b-\x1f]/.exec(s)
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    return reject('invalid', `The text holds a control character (U+${code}); only line breaks and tabs may stand in a note.`).reject
  }
  const n = length(s)
  if (n > maxText) return reject('too_long', `The text has ${n} characters; a note holds at most ${maxText}.`).reject
  return undefined
}

/** Refuses values that are out of range or malformed. */
export function checkValues(v: Partial<Values>): Rejection | undefined {
  if (!within(v.x, -maxCoord, maxCoord) || !within(v.y, -maxCoord, maxCoord)) {
    return reject('invalid', `x and y must lie between -${maxCoord} and ${maxCoord}.`).reject
  }
  if (!within(v.w, minSize, maxSize) || !within(v.h, minSize, maxSize)) {
    return reject('invalid', `w and h must lie between ${minSize} and ${maxSize}.`).reject
  }
  if (v.color !== undefined && !isColor(v.color)) return reject('invalid', `There is no colour "${v.color}".`).reject
  if (v.z !== undefined && !(isOrderKey(v.z) && v.z.length <= maxOrderKey)) {
    return reject('invalid', `"${v.z}" is not an order key.`).reject
  }
  return undefined
}

function within(v: number | undefined, min: number, max: number): boolean {
  return v === undefined || (v >= min && v <= max)
}

/** Refuses a board name that is empty, too long or not one line. */
export function checkName(name: string): Rejection | undefined {
  const n = length(name)
  if (n === 0 || n > maxName) return reject('invalid', `A board's name has 1 to ${maxName} characters.`).reject
  const bad = checkText(name)
  if (bad) return bad
  if (/[\x00-\x1f]/.test(name)) return reject('invalid', "A board's name is one line.").reject
  return undefined
}
