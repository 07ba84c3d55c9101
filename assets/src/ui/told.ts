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

/** Words with keys in them, as a Mac's keyboard has those. */
export function onMac(words: string, mac = isMac): string {
  if (!mac) return words
  return words.replaceAll(`${say('Ctrl')}+`, '⌘').replaceAll(`${say('Shift')}+`, '⇧').replaceAll('Alt+', '⌥')
}

/** Tells the keys in the tips of a page, which its server wrote for other keyboards. */
export function retellTips(): void {
  if (!isMac) return
  for (const element of document.querySelectorAll<HTMLElement>('[title]')) element.title = onMac(element.title)
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
