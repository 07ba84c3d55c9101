import { advance, Builder, type Delta, length, span } from './parts.ts'

export { type Delta, length } from './parts.ts'
export { compose, transform, transformIndex } from './transform.ts'
export { diff } from './diff.ts'

/** Thrown by apply and invert when a delta walks past the end of its text. */
export class DeltaError extends Error {}

/**
 * Makes any list of parts canonical.
 * @throws DeltaError when a part is neither a whole number nor a string.
 */
export function canonical(parts: readonly unknown[]): Delta {
  const out = new Builder()
  for (const part of parts) {
    if (typeof part !== 'string' && !Number.isSafeInteger(part)) {
      throw new DeltaError('a part of a text delta must be a whole number or a string')
    }
    out.add(part as number | string)
  }
  return out.done()
}

/** How many code points of the text before the edit the delta walks over. */
export function deltaSpan(delta: Delta): number {
  return delta.reduce((n: number, part) => n + span(part), 0)
}

/**
 * The text after the edit.
 * @throws DeltaError when the delta walks past the text's end.
 */
export function apply(delta: Delta, text: string): string {
  let out = ''
  let at = 0
  for (const part of delta) {
    if (typeof part === 'string') {
      out += part
      continue
    }
    const end = mustAdvance(text, at, span(part))
    if (part > 0) out += text.slice(at, end)
    at = end
  }
  return out + text.slice(at)
}

/**
 * The delta that undoes `delta`; text is the text before it.
 * @throws DeltaError when the delta walks past the text's end.
 */
export function invert(delta: Delta, text: string): Delta {
  const out = new Builder()
  let at = 0
  for (const part of delta) {
    if (typeof part === 'string') {
      out.add(-length(part))
      continue
    }
    const end = mustAdvance(text, at, span(part))
    out.add(part > 0 ? part : text.slice(at, end))
    at = end
  }
  return out.done()
}

function mustAdvance(text: string, from: number, n: number): number {
  const end = advance(text, from, n)
  if (end < 0) throw new DeltaError(`a delta walks past the end of a text of ${length(text)} characters`)
  return end
}
