// Limits of a document. They are part of the protocol: the browser checks them
// before it sends, the server always.

export const maxText = 10_000 // code points in one note
export const maxName = 200 // code points in a board's name
export const maxNotes = 20_000 // live notes on one board, of all kinds
export const maxBatch = 10_000 // ops in one batch
export const maxCoord = 1_000_000 // |x| and |y|, in board units (CSS pixels at 100 %)
export const minSize = 40 // w and h
export const maxSize = 2_000 // w and h of a note
export const maxFrame = 20_000 // w and h of a frame
export const defaultSize = 200 // w and h of a note that names none
export const maxOrderKey = 64 // characters of a z key
export const maxLink = 2_048 // code points in a link
export const maxAlt = 1_000 // code points in a picture's alternative text

/** The names of the palette, in the order in which it is shown. */
export const colors = [
  'yellow', 'orange', 'coral', 'pink', 'violet', 'blue', 'sky',
  'teal', 'green', 'lime', 'sand', 'white', 'grey', 'graphite',
] as const

/** The colour of a note that names none. */
export const defaultColor = 'yellow'

/** Tells whether name is in the palette. */
export function isColor(name: string): boolean {
  return (colors as readonly string[]).includes(name)
}

/** Tells whether s may name a note or a client. */
export function isId(s: string): boolean {
  return /^[0-9A-Za-z_-]{8,32}$/.test(s)
}

/** Tells whether s may name an uploaded picture. */
export function isPicture(s: string): boolean {
  return /^[0-9a-z]{32,64}$/.test(s)
}

/** Keeps a coordinate to hundredths, by the same arithmetic as the server. */
export function round(v: number): number {
  return Math.floor(v * 100 + 0.5) / 100
}
