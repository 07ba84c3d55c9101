const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'

/** A new id for a note or a client: 21 characters, 126 random bits. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(21))
  let id = ''
  for (const b of bytes) id += alphabet.charAt(b & 63)
  return id
}
