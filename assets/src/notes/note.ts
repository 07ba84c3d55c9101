/** Who made a note or an edit. The server alone sets it (I17). */
export interface Author {
  id: string
  name: string
}

/** What a note is on the board, beside a sticky note, which names no kind. */
export type NoteKind = 'frame' | 'connector'

/** What few notes have; each is left out where it is empty. */
export interface Extras {
  locked?: boolean // nothing else of the note can be changed
  link?: string // see isLink
  group?: string // an id that the notes of one group share
  picture?: string // see isPicture
  alt?: string // what the picture shows, in words
  from?: string // a connector's ends: ids of notes
  to?: string
}

/** The fields that note.set can change. */
export interface Values extends Extras {
  x: number
  y: number
  w: number
  h: number
  color: string
  z: string
}

/** A field of a note that note.set can change. */
export type ValueField = keyof Values

/** Every field with a version of its own; 'live' is being there at all. */
export type Field = ValueField | 'text' | 'live'

/** What few notes have, in its fixed order. */
export const extraFields = ['locked', 'link', 'group', 'picture', 'alt', 'from', 'to'] as const

/** The fields that note.set can change, in their fixed order. */
export const valueFields: readonly ValueField[] = ['x', 'y', 'w', 'h', 'color', 'z', ...extraFields]

/**
 * One sticky note, or a frame, whose text is its title, or a connector, whose text
 * is its label and whose x, y, w and h are 0. A note that stands in a document is never changed in place:
 * an edit puts a new one there, so that readers may keep theirs.
 */
export interface Note extends Readonly<Values> {
  readonly id: string
  readonly kind?: NoteKind // absent: a sticky note
  readonly text: string
  readonly rev: number // accepted text deltas since creation
  readonly author: Author
  readonly at?: string // when it was made (UTC, RFC 3339), once the server has said so
  readonly created: number // the seq that made it
  readonly deleted?: number // the seq that deleted it; absent while it lives
  readonly versions?: Readonly<Partial<Record<Field, number>>> // seq of the last change of fields changed after creation
}

/** The fields of the board itself. */
export interface BoardFields {
  readonly name: string
  readonly versions?: { readonly name?: number }
}

/** Tells whether the note is there and not deleted. */
export function isLive(note: Note | undefined): note is Note {
  return note !== undefined && note.deleted === undefined
}

/** What note.set would give a field to leave it as it is: '' or false where the note has none. */
export function valueOf<F extends ValueField>(note: Note, field: F): NonNullable<Values[F]> {
  return (note[field] ?? (field === 'locked' ? false : '')) as NonNullable<Values[F]>
}

/** The extras that are not empty. */
export function extrasOf(from: Extras): Extras {
  return Object.fromEntries(extraFields.flatMap((f) => (from[f] ? [[f, from[f]]] : [])))
}

/** The seq of the last change of a field. */
export function fieldVersion(note: Note, field: Field): number {
  return note.versions?.[field] ?? note.created
}

/** The seq of the note's last change. */
export function noteVersion(note: Note): number {
  return Math.max(note.created, note.deleted ?? 0, ...Object.values(note.versions ?? {}))
}

/** Orders notes by z key; equal keys by id, so that everyone agrees. */
export function below(a: Note, b: Note): number {
  if (a.z !== b.z) return a.z < b.z ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
