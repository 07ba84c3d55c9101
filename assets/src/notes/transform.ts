import { Builder, type Delta, length, span, Walker } from './parts.ts'

/** The one delta that does a and then b. */
export function compose(a: Delta, b: Delta): Delta {
  const out = new Builder()
  const wa = new Walker(a)
  const wb = new Walker(b)
  while (wa.more() || wb.more()) {
    const pa = wa.peek()
    const pb = wb.peek()
    if (typeof pb === 'string') {
      out.add(wb.rest())
    } else if (typeof pa === 'number' && pa < 0) {
      out.add(wa.rest())
    } else if (typeof pa === 'string') {
      const n = Math.min(length(pa), span(pb))
      const made = wa.take(n)
      if (wb.take(n) === n) out.add(made)
    } else {
      const n = Math.min(pa, span(pb))
      wa.take(n)
      out.add(wb.take(n))
    }
  }
  return out.done()
}

/**
 * Which of two deltas the server ordered first, seen from the one that is being
 * transformed: when both insert at one place, the first one's text stays left.
 */
export type Side = 'first' | 'second'

/**
 * `delta` as it must read after `other`, which was made on the same text at the
 * same time. `side` says whether `delta` is the first or the second in the
 * server's order.
 *
 * TP1 holds: compose(a, transform(b, a, 'second')) equals
 * compose(b, transform(a, b, 'first')).
 */
export function transform(delta: Delta, other: Delta, side: Side): Delta {
  const out = new Builder()
  const wd = new Walker(delta)
  const wo = new Walker(other)
  while (wd.more()) {
    const pd = wd.peek()
    const po = wo.peek()
    if (typeof po === 'string' && (side === 'second' || typeof pd !== 'string')) {
      out.add(length(po))
      wo.rest()
    } else if (typeof pd === 'string') {
      out.add(wd.rest())
    } else {
      const n = Math.min(span(pd), span(po))
      const kept = wd.take(n)
      if (wo.take(n) === n) out.add(kept)
    }
  }
  return out.done()
}

/**
 * Where a position (in code points) stands after the edit. An insertion exactly
 * there pushes it right, unless it is sticky: a caret that must stay before
 * what somebody else inserts.
 */
export function transformIndex(index: number, delta: Delta, sticky = false): number {
  let at = 0 // in the text after the edit
  for (const part of delta) {
    if (at > index || (sticky && at === index)) break
    if (typeof part === 'string') {
      const n = length(part)
      index += n
      at += n
    } else if (part > 0) {
      at += part
    } else {
      index = Math.max(at, index + part)
    }
  }
  return index
}
