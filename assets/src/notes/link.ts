import { maxLink } from './limits.ts'
import { length } from './parts.ts'

// Blanks, control characters, direction marks, and "<>\` : no link holds them.
const notInLink = /[\x00-\x20\x7f-\xa0\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"<>\\`\ud800-\udfff]/u

/**
 * Tells whether s is an address that a note may point to: absolute, of the scheme
 * http, https or mailto, with a host or a recipient, and of at most maxLink code
 * points. notes/link.go is its twin.
 */
export function isLink(s: string): boolean {
  if (length(s) > maxLink || notInLink.test(s)) return false
  return /^https?:\/\/([^/?#]*@)?(?![^/?#]*@)[^/?#:]/i.test(s) || /^mailto:[^?@]+@[^?]/i.test(s)
}
