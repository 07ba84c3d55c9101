import { maxNotes, maxText } from '../notes/limits.ts'
import { say } from '../say.ts'

/**
 * Why an edit came to nothing, for its author. The sentence that comes with the
 * code is for whoever writes programs, and in English.
 */
export function refusal(code: string, reason: string): string {
  switch (code) {
    case 'deleted':
      return say('The note was deleted meanwhile.')
    case 'locked':
      return say('The note is locked. Unlock it to change it.')
    case 'not_found':
      return say('The note is no longer on this board.')
    case 'too_long':
      return say('That text is too long: a note holds at most {n} characters.', { n: maxText })
    case 'too_many':
      return say('That is too much: a board holds at most {n} notes.', { n: maxNotes })
    case 'stale':
      return say('The note has changed too much meanwhile for this edit to fit in.')
    case 'forbidden':
      return say('You can look at this board, but not change it.')
    case 'unreadable':
      return say('This note cannot be read, so it cannot be changed either.')
    case 'limit':
      return say('That was too much at once. Wait a little and try again.')
    case 'invalid':
    case 'exists':
    case 'unknown_op':
      return say('The board could not take this change: {reason}', { reason })
    default:
      return reason
  }
}

/** Why nothing can be saved just now: what the server says of it, in the page's language. */
export function outage(reason: string): string {
  switch (reason) {
    case 'The database cannot be reached just now.':
      return say('The database cannot be reached just now.')
    case "The server's disk is full.":
      return say("The server's disk is full.")
    case 'The database is overloaded.':
      return say('The database is overloaded.')
    case 'The database is restarting.':
      return say('The database is restarting.')
    case 'The database cannot read or write its disk.':
      return say('The database cannot read or write its disk.')
    case 'The database takes no changes just now.':
      return say('The database takes no changes just now.')
    default:
      return reason
  }
}
