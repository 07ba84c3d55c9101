import { Builder, type Delta } from './parts.ts'

// Beyond this many differing code points the exact comparison is given up: it
// costs their square.
const exactLimit = 1_500

/**
 * A delta that makes `after` of `before`. With caretHint, the caret's place (in
 * code points) in `after`, an edit that could stand at several places, as in a
 * run of equal letters, is put where the caret shows that it was typed.
 */
export function diff(before: string, after: string, caretHint?: number): Delta {
  const a = [...before]
  const b = [...after]
  const suffixLimit = caretHint === undefined ? Infinity : b.length - caretHint
  if (suffixLimit < Infinity) {
    const typed = around(a, b, suffixLimit)
    if (typed) return typed
  }
  const head = commonPrefix(a, b)
  const tail = commonSuffix(a, b, head, Infinity)
  return middle(a, b, head, tail)
}

/**
 * The one replacement that leaves everything right of the caret alone, or
 * undefined when the texts differ there too.
 */
function around(a: string[], b: string[], behind: number): Delta | undefined {
  if (behind < 0 || behind > a.length) return undefined
  const tail = commonSuffix(a, b, 0, behind)
  if (tail < behind) return undefined
  const limit = Math.min(a.length, b.length) - tail
  const head = Math.min(commonPrefix(a, b), limit)
  const out = new Builder()
  out.add(head)
  out.add(b.slice(head, b.length - tail).join(''))
  out.add(-(a.length - tail - head))
  return out.done()
}

function commonPrefix(a: string[], b: string[]): number {
  let n = 0
  while (n < a.length && n < b.length && a[n] === b[n]) n++
  return n
}

function commonSuffix(a: string[], b: string[], head: number, limit: number): number {
  let n = 0
  while (n < limit && n < a.length - head && n < b.length - head && a[a.length - 1 - n] === b[b.length - 1 - n]) n++
  return n
}

/** The delta between what lies behind `head` and before `tail` equal code points. */
function middle(a: string[], b: string[], head: number, tail: number): Delta {
  const x = a.slice(head, a.length - tail)
  const y = b.slice(head, b.length - tail)
  const out = new Builder()
  out.add(head)
  if (x.length === 0 || y.length === 0 || x.length + y.length > exactLimit) {
    out.add(y.join(''))
    out.add(-x.length)
  } else {
    longestCommon(x, y, out)
  }
  return out.done()
}

/** Adds the edit that keeps a longest common subsequence of x and y. */
function longestCommon(x: string[], y: string[], out: Builder): void {
  const width = y.length + 1
  const lengths = new Uint16Array((x.length + 1) * width) // of the common part of x[i…] and y[j…]
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = y.length - 1; j >= 0; j--) {
      lengths[i * width + j] = x[i] === y[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  let i = 0
  let j = 0
  while (i < x.length || j < y.length) {
    if (i < x.length && j < y.length && x[i] === y[j]) {
      out.add(1)
      i++
      j++
    } else if (i < x.length && (j === y.length || at(i + 1, j) >= at(i, j + 1))) {
      out.add(-1)
      i++
    } else {
      out.add(y[j] ?? '')
      j++
    }
  }
}
