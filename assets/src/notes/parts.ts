// The pieces that the delta functions share: counting in code points, a builder
// that keeps a delta canonical, and a walker that hands parts out by length.

/**
 * An edit of a text, walked from the left: a positive number keeps, a negative
 * one deletes, a string inserts. Counts are Unicode code points; what follows
 * the last part is kept. Canonical: no empty parts, neighbours of one sort
 * merged, insertion before deletion, nothing kept at the end.
 */
export type Delta = (number | string)[]

/** How many code points s has. */
export function length(s: string): number {
  let n = s.length
  for (let i = 0; i < s.length - 1; i++) {
    if (isPair(s, i)) {
      n--
      i++
    }
  }
  return n
}

function isPair(s: string, i: number): boolean {
  const high = s.charCodeAt(i)
  if (high < 0xd800 || high > 0xdbff) return false
  const low = s.charCodeAt(i + 1)
  return low >= 0xdc00 && low <= 0xdfff
}

/** The UTF-16 index after n code points from index `from`, or -1 past the end. */
export function advance(s: string, from: number, n: number): number {
  let i = from
  for (; n > 0; n--) {
    if (i >= s.length) return -1
    i += isPair(s, i) ? 2 : 1
  }
  return i
}

/** How much of the text before the edit a part covers. */
export function span(part: number | string): number {
  return typeof part === 'string' ? 0 : Math.abs(part)
}

/** Gathers parts into a canonical delta. */
export class Builder {
  private readonly parts: Delta = []

  add(part: number | string): void {
    if (part === 0 || part === '') return
    const last = this.parts.length - 1
    const tail = this.parts[last]
    if (tail === undefined) {
      this.parts.push(part)
    } else if (typeof part === 'string') {
      this.insert(part, tail, last)
    } else if (typeof tail === 'number' && tail > 0 === part > 0) {
      this.parts[last] = tail + part
    } else {
      this.parts.push(part)
    }
  }

  /** Keeps the one spelling of a replacement: insert, then delete. */
  private insert(text: string, tail: number | string, last: number): void {
    if (typeof tail === 'string') {
      this.parts[last] = tail + text
      return
    }
    const before = this.parts[last - 1]
    if (tail > 0) {
      this.parts.push(text)
    } else if (typeof before === 'string') {
      this.parts[last - 1] = before + text
    } else {
      this.parts.splice(last, 0, text)
    }
  }

  done(): Delta {
    const tail = this.parts.at(-1)
    if (typeof tail === 'number' && tail > 0) this.parts.pop()
    return this.parts
  }
}

/**
 * Hands out a delta's parts in pieces of a chosen length. Past the end it keeps
 * for ever.
 */
export class Walker {
  private i = 0
  private used = 0 // of the current part: code points, or UTF-16 units of an insertion

  constructor(private readonly delta: Delta) {}

  more(): boolean {
    return this.i < this.delta.length
  }

  /** What is left of the current part. */
  peek(): number | string {
    const part = this.delta[this.i]
    if (part === undefined) return Infinity
    if (typeof part === 'string') return part.slice(this.used)
    return part < 0 ? part + this.used : part - this.used
  }

  /** Consumes n code points of the current part, which must have as many. */
  take(n: number): number | string {
    const part = this.peek()
    if (typeof part === 'string') {
      const end = advance(part, 0, n)
      this.consume(end, end === part.length)
      return part.slice(0, end)
    }
    this.consume(n, n === Math.abs(part))
    return part < 0 ? -n : n
  }

  /** Consumes what is left of the current part. */
  rest(): number | string {
    const part = this.peek()
    this.i++
    this.used = 0
    return part
  }

  private consume(n: number, whole: boolean): void {
    if (!this.more()) return
    if (whole) {
      this.i++
      this.used = 0
    } else {
      this.used += n
    }
  }
}
