import { isColor, isId, isPicture, maxAlt, maxCoord, maxFrame, maxLink, maxName, maxOrderKey, maxSize, maxText, minSize } from './limits.ts'
import { isLink } from './link.ts'
import type { Extras, NoteKind, Values } from './note.ts'
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

/** Refuses values that are out of range or malformed for a note of the kind. */
export function checkValues(v: Partial<Values>, kind?: NoteKind): Rejection | undefined {
  const place = checkPlace(v, kind)
  if (place) return place
  if (v.color !== undefined && !isColor(v.color)) return reject('invalid', `There is no colour "${v.color}".`).reject
  if (v.z !== undefined && !(isOrderKey(v.z) && v.z.length <= maxOrderKey)) {
    return reject('invalid', `"${v.z}" is not an order key.`).reject
  }
  return checkExtras(v) ?? checkEnds(v, kind)
}

function checkPlace(v: Partial<Values>, kind: NoteKind | undefined): Rejection | undefined {
  if (kind === 'connector') {
    if (!v.x && !v.y && !v.w && !v.h) return undefined
    return reject('invalid', 'A connector lies between its two notes: its x, y, w and h are 0.').reject
  }
  if (!within(v.x, -maxCoord, maxCoord) || !within(v.y, -maxCoord, maxCoord)) {
    return reject('invalid', `x and y must lie between -${maxCoord} and ${maxCoord}.`).reject
  }
  const most = kind === 'frame' ? maxFrame : maxSize
  if (within(v.w, minSize, most) && within(v.h, minSize, most)) return undefined
  return reject('invalid', `w and h must lie between ${minSize} and ${most}.`).reject
}

/** Extras that are empty are none. */
function checkExtras(v: Extras): Rejection | undefined {
  if (v.link && !isLink(v.link)) {
    return reject('invalid', `A link is a whole address that begins with https:, http: or mailto:, of at most ${maxLink} characters.`).reject
  }
  if (v.group && !isId(v.group)) return reject('invalid', "A group's id has 8 to 32 characters of 0-9, A-Z, a-z, - and _.").reject
  if (v.picture && !isPicture(v.picture)) return reject('invalid', "A picture's id has 32 to 64 characters of 0-9 and a-z.").reject
  if (!v.alt) return undefined
  const bad = checkText(v.alt)
  if (bad) return bad
  const n = length(v.alt)
  return n > maxAlt ? reject('too_long', `The alternative text has ${n} characters; it may have ${maxAlt}.`).reject : undefined
}

function checkEnds(v: Extras, kind: NoteKind | undefined): Rejection | undefined {
  for (const end of [v.from, v.to]) {
    if (end === undefined) continue
    if (kind !== 'connector' && end !== '') return reject('invalid', 'Only a connector has from and to.').reject
    if (kind === 'connector' && !isId(end)) return reject('invalid', "A connector's from and to are ids of notes.").reject
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
