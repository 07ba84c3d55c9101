// What the groups of actions are called, in the order in which they are shown.

import { say } from '../say.ts'
import type { Group } from './actions.ts'

export function groupTitles(): Record<Group, string> {
  return {
    notes: say('Notes'),
    writing: say('While writing'),
    selecting: say('Selecting and moving'),
    arranging: say('Arranging'),
    looking: say('Looking around'),
    board: say('The board'),
  }
}
