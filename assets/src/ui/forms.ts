// Notes on the clipboard. Beside our own form of them stands a page, which holds
// the same for browsers that keep only known types, and the plain words for all
// other programs.

import { outline } from '../notes/frames.ts'
import type { CreateOp } from '../notes/op.ts'

export const TYPE = 'application/x-corkboard+json'
export const ATTRIBUTE = 'data-corkboard'

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
