import { type BoardFields, extraFields, type Note } from './note.ts'

const basisA = 2166136261
const basisB = 3339451269
const prime = 16777619
const separator = '\u001f'

const encoder = new TextEncoder()

/**
 * A fingerprint of the live notes and the board's fields: 16 hex digits. Replicas
 * at the same seq with nothing pending have the same one (I8). It is a sum over
 * notes, so their order does not matter.
 */
export function hashDocument(board: BoardFields, notes: Iterable<Note>): string {
  let [a, b] = lanes('board' + separator + board.name)
  for (const note of notes) {
    if (note.deleted !== undefined) continue
    const [na, nb] = lanes(canonical(note))
    a = (a + na) >>> 0
    b = (b + nb) >>> 0
  }
  return hex(a) + hex(b)
}

/**
 * Measures are whole hundredths, so that no float formatting is involved. What few
 * notes have stands behind, by name.
 */
function canonical(n: Note): string {
  const parts = [n.id, cents(n.x), cents(n.y), cents(n.w), cents(n.h), n.color, n.z, n.text, n.rev]
  for (const f of ['kind', ...extraFields] as const) if (n[f]) parts.push(`${f}=${n[f]}`)
  return parts.join(separator)
}

function cents(v: number): string {
  return String(Math.floor(v * 100 + 0.5))
}

function lanes(s: string): [number, number] {
  let a = basisA
  let b = basisB
  for (const byte of encoder.encode(s)) {
    a = Math.imul(a ^ byte, prime)
    b = Math.imul(b ^ byte, prime)
  }
  return [a >>> 0, b >>> 0]
}

function hex(n: number): string {
  return n.toString(16).padStart(8, '0')
}
