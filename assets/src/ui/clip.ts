// Notes on the clipboard. Beside our own form of them stands a page, which holds
// the same for browsers that keep only known types, and the plain words for all
// other programs. What comes from a clipboard is a stranger's: it is taken only
// when it would be taken from the network, too.

import { apply } from '../notes/apply.ts'
import { Document } from '../notes/document.ts'
import { outline } from '../notes/frames.ts'
import { maxBatch } from '../notes/limits.ts'
import type { CreateOp } from '../notes/op.ts'
import { inert } from './inert.ts'

export const TYPE = 'application/x-corkboard+json'
const ATTRIBUTE = 'data-corkboard'
const LONGEST = 16_000_000 // characters of what is read

/** Notes that were copied, as what would make them again, the lowest first. */
export interface Clip {
  readonly origin: string // of the server that they are on
  readonly board: string
  readonly notes: readonly CreateOp[]
}

/** What the clipboard holds of one thing, by media type. */
export type Forms = Readonly<Record<string, string>>

export function formsOf(clip: Clip): Forms {
  const json = JSON.stringify({ corkboard: 1, ...clip })
  const texts = asRead(clip.notes).filter((t) => t.trim())
  return {
    [TYPE]: json,
    'text/html': `<div ${ATTRIBUTE}="${escaped(json)}">${texts.map((t) => `<p>${escaped(t).replace(/\n/g, '<br>')}</p>`).join('')}</div>`,
    'text/plain': texts.join(texts.some((t) => t.includes('\n')) ? '\n\n' : '\n'),
  }
}

/** All texts as the board is read, frame by frame, and then those of the arrows. */
function asRead(notes: readonly CreateOp[]): string[] {
  const arrows = notes.filter((n) => n.as === 'connector')
  const sections = outline(notes.map((n) => ({ ...n, id: n.note, kind: n.as })))
  return [...sections.flatMap((s) => [...(s.frame ? [s.frame] : []), ...s.notes]), ...arrows].map((n) => n.text)
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

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
