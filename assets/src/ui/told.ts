// A combination of keys as people read it on their keyboard.

import { say } from '../say.ts'
import { isMac } from './platform.ts'

const MAC: readonly (readonly [from: string, to: string])[] = [['Ctrl+', '⌘'], ['Shift+', '⇧'], ['Alt+', '⌥']]

/** 'Ctrl+Shift+Z', or on a Mac '⌘⇧Z'. */
export function told(combo: string, mac = isMac): string {
  const words = combo
    .replace(/Arrow$/, (_, at: number) => (at > 0 ? say('arrow keys') : say('Arrow keys')))
    .replace('Escape', say('Esc'))
    .replace(/-$/, '−')
  return mac ? MAC.reduce((w, [from, to]) => w.replace(from, to), words) : words
}
