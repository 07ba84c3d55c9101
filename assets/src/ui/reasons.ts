// Why an edit came to nothing, and why nothing can be saved: sentences for the
// person, by the codes that the client tells and the sentences that the server
// has for them. Seldom is one needed, and none at the start.

import { maxNotes, maxText } from '../notes/limits.ts'
import { say } from '../say.ts'
import type { SaveState } from '../sync/types.ts'

interface Refused {
  readonly code: string
  readonly reason: string
  readonly by?: string | undefined
  readonly partly?: boolean
}

/** Why an edit came to nothing, or is offered to be made again. */
export function refusal({ code, reason, by, partly }: Refused): string {
  switch (code) {
    case 'deleted':
      return say('The note was deleted meanwhile.')
    case 'deleted_while_writing':
      return say('This note was deleted while you were writing in it. Your words are kept here.')
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
    case 'superseded':
      return partly ? partlySuperseded(by) : superseded(by)
    case 'epoch':
      return say('This board was restored from an earlier backup. What you had changed and not yet saved is not on it.')
    case 'forgotten':
      return say('This page was away for so long that nobody can tell whether these changes were saved. They were not made again.')
    default:
      return reason
  }
}

function superseded(who: string | undefined): string {
  return who
    ? say('{who} has changed this since, so it was left as it is.', { who })
    : say('Somebody else has changed this since, so it was left as it is.')
}

function partlySuperseded(who: string | undefined): string {
  return who
    ? say('{who} has changed a part of this since, and that was left as it is.', { who })
    : say('Somebody else has changed a part of this since, and that was left as it is.')
}

/** Why nothing can be saved just now, or ever; nothing where that needs no words. */
export function why({ reason = '' }: Pick<SaveState, 'reason'>): string {
  switch (reason) {
    case 'replaced':
      return say('This board was opened again in another place with the same unsaved work. Go on there, or load this page again.')
    case 'denied':
      return say('You no longer have access to this board. Ask for a new link.')
    case 'full':
      return say('The board is full: too many people have it open. Try again later.')
    case 'gone':
      return say('This board is gone, or you no longer have access to it. Ask for a new link.')
    case 'trashed':
      return say('This board was moved to the trash.')
    case 'outdated':
      return say('Corkboard has been updated. Load this page again to go on.')
    case 'refused':
      return say('The server could not understand this page. Load it again to go on.')
    case 'demoted':
      return say('Your role on this board has changed: you can look, but not edit.')
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
