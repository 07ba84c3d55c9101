// Notes that come from a clipboard. They are a stranger's: taken only when they
// would be taken from the network, too.

import { apply } from '../notes/apply.ts'
import { Document } from '../notes/document.ts'
import { maxBatch } from '../notes/limits.ts'
import type { CreateOp } from '../notes/op.ts'
import { ATTRIBUTE, type Clip } from './forms.ts'
import { inert } from './inert.ts'

const LONGEST = 16_000_000 // characters of what is read

/** The notes in our own form, or in a page that carries it; null when there are none, or wrong ones. */
export function clipIn(own: string, html: string): Clip | null {
  const json = own || carried(html)
  if (!json || json.length > LONGEST) return null
  try {
    return checked(JSON.parse(json))
  } catch {
    return null
  }
}

function carried(html: string): string {
  if (!html.includes(ATTRIBUTE) || html.length > 2 * LONGEST) return ''
  const page = inert(html)
  return page.querySelector(`[${ATTRIBUTE}]`)?.getAttribute(ATTRIBUTE) ?? ''
}

/** Asks the rules of the board itself. */
function checked(given: unknown): Clip | null {
  const { corkboard, origin, board, notes } = given as Record<string, unknown>
  if (corkboard !== 1 || typeof origin !== 'string' || typeof board !== 'string') return null
  if (!Array.isArray(notes) || notes.length === 0 || notes.length > maxBatch || !notes.every(isCreation)) return null
  const nowhere = new Document(0, 0, { name: '-' }, [])
  const outcome = apply(nowhere, { kind: 'batch', ops: notes }, { history: () => [] })
  return 'effect' in outcome ? { origin, board, notes } : null
}

const SHAPE: Readonly<Record<string, string>> = {
  kind: 'string', note: 'string', text: 'string', x: 'number', y: 'number', w: 'number', h: 'number', color: 'string', z: 'string',
}
const MAY: Readonly<Record<string, string>> = {
  as: 'string', locked: 'boolean', link: 'string', group: 'string', picture: 'string', alt: 'string', from: 'string', to: 'string',
}

function isCreation(given: unknown): given is CreateOp {
  if (typeof given !== 'object' || given === null) return false
  const op = given as Record<string, unknown>
  return op['kind'] === 'note.create' && Object.entries(op).every(([field, value]) => typeof value === (SHAPE[field] ?? MAY[field])) &&
    Object.keys(SHAPE).every((field) => field in op)
}
