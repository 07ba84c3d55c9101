// Order keys put a note between any two others without touching either. A key is
// a number written in base 62: a head letter that tells how many digits its whole
// part has (a one, b two, … z twenty-six; Z one, Y two, … for negative ones), the
// whole part, then a fraction that never ends in 0. Compared character by
// character, keys sort as their numbers do. Bringing a note to the front again
// and again only counts the whole part up, so keys stay short.

import { maxOrderKey } from './limits.ts'

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** The key of the first note on an empty board. */
export const firstKey = 'a0'

/** Tells whether s is a well-formed key that is not too long. */
export function isOrderKey(s: string): boolean {
  if (!/^[A-Za-z][0-9A-Za-z]*$/.test(s) || s.length > maxOrderKey) return false
  const whole = wholeLength(s)
  return s.length === whole || (s.length > whole && !s.endsWith('0'))
}

/** The length of head and whole part together. */
function wholeLength(key: string): number {
  const head = key.charCodeAt(0)
  return head >= 97 ? head - 97 + 2 : 90 - head + 2
}

/**
 * A key after below and before above; null stands for no neighbour on that side.
 * Keys that are malformed or not in order give a key after below.
 */
export function between(below: string | null, above: string | null): string {
  const low = below !== null && isOrderKey(below) ? below : null
  const high = above !== null && isOrderKey(above) && (below ?? '') < above ? above : null
  if (low === null) return high === null ? firstKey : before(high)
  return high === null ? after(low) : inside(low, high)
}

function split(key: string): [whole: string, fraction: string] {
  const n = wholeLength(key)
  return [key.slice(0, n), key.slice(n)]
}

function after(key: string): string {
  const [whole, fraction] = split(key)
  return increment(whole) ?? whole + middle(fraction, '')
}

function before(key: string): string {
  const [whole, fraction] = split(key)
  if (fraction !== '') return whole
  return decrement(whole) ?? whole + middle('', fraction)
}

function inside(below: string, above: string): string {
  const [wb, fb] = split(below)
  const [wa, fa] = split(above)
  if (wb === wa) return wb + middle(fb, fa)
  const next = increment(wb)
  return next !== undefined && next < above ? next : wb + middle(fb, '')
}

/** A fraction strictly between a and b, where '' as b means one. */
function middle(a: string, b: string): string {
  let same = 0
  while (same < b.length && digitAt(a, same) === b[same]) same++
  if (same > 0) return b.slice(0, same) + middle(a.slice(same), b.slice(same))
  const da = digits.indexOf(digitAt(a, 0))
  const db = b === '' ? digits.length : digits.indexOf(b.charAt(0))
  if (db - da > 1) return digits.charAt((da + db) >> 1)
  if (b.length > 1) return b.charAt(0)
  return digits.charAt(da) + middle(a.slice(1), '')
}

function digitAt(s: string, i: number): string {
  return s[i] ?? '0'
}

/** One more than a whole part; undefined past the largest. */
function increment(whole: string): string | undefined {
  const [step, carried] = addOne(whole, 1)
  if (!carried) return step
  const head = whole.charCodeAt(0)
  if (head === 90) return firstKey // Z → a
  if (head === 122) return undefined
  const next = String.fromCharCode(head + 1)
  return head >= 97 ? next + step.slice(1) + '0' : next + step.slice(2)
}

/** One less than a whole part; undefined below the smallest. */
function decrement(whole: string): string | undefined {
  const [step, carried] = addOne(whole, -1)
  if (!carried) return step
  const head = whole.charCodeAt(0)
  if (head === 97) return 'Zz' // a → Z
  if (head === 65) return undefined
  const next = String.fromCharCode(head - 1)
  return head > 97 ? next + step.slice(2) : next + step.slice(1) + 'z'
}

/** Counts the digits behind the head up or down; carried when all overflowed. */
function addOne(whole: string, by: 1 | -1): [step: string, carried: boolean] {
  const d = [...whole]
  for (let i = d.length - 1; i > 0; i--) {
    const v = digits.indexOf(d[i] ?? '') + by
    if (v >= 0 && v < digits.length) {
      d[i] = digits.charAt(v)
      return [d.join(''), false]
    }
    d[i] = v < 0 ? 'z' : '0'
  }
  return [d.join(''), true]
}

/** New order keys, one for each, above `low` and below `high`. */
export function keysBetween(n: number, low: string | null, high: string | null): string[] {
  const out: string[] = []
  if (high === null) {
    for (let z = low; out.length < n; ) out.push((z = between(z, null)))
  } else {
    for (let z: string | null = high; out.length < n; ) out.unshift((z = between(low, z)))
  }
  return out
}
