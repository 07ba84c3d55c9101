// A combination of keys as people read it on their keyboard.

import { say } from '../say.ts'
import { isMac } from './platform.ts'

const MAC: readonly (readonly [from: string, to: string])[] = [['Ctrl+', '⌘'], ['Shift+', '⇧'], ['Alt+', '⌥']]

/** 'Ctrl+Shift+Z', or on a Mac '⌘⇧Z'. */
export function told(combo: string, mac = isMac): string {
  const on = mac ? MAC.reduce((w, [from, to]) => w.replace(from, to), combo) : combo
  return on
    .replace(/Arrow$/, (_, at: number) => (at > 0 ? say('arrow keys') : say('Arrow keys')))
    .replace(/[A-Z][A-Za-z]+/g, (name) => keys()[name] ?? name)
    .replace(/-$/, '−')
}

/** What stands on the keys that not every keyboard names alike. */
function keys(): Record<string, string> {
  return {
    Ctrl: say('Ctrl'),
    Shift: say('Shift'),
    Escape: say('Esc'),
    Enter: say('Enter'),
    Delete: say('Del'),
    Backspace: say('Backspace'),
    Home: say('Home'),
    End: say('End'),
    PageUp: say('PgUp'),
    PageDown: say('PgDn'),
  }
}
