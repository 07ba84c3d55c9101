// Every key that the board knows. The help dialog tells the same: a test
// compares them. Letters without a modifier work only while the board has the
// focus (WCAG 2.1.4), and never in a field or while an input method composes.

/** Where a key works: on the board, while writing in a note, or anywhere but in fields. */
export type Where = 'board' | 'writing' | 'page'

export interface Shortcut {
  readonly action: Action
  readonly where: Where
  readonly combos: readonly string[]
  /** Runs again while the key is held. */
  readonly repeats?: boolean
}

const ARROWS = ['Left', 'Right', 'Up', 'Down'] as const
export type Direction = (typeof ARROWS)[number]

type Arrow = 'arrow' | 'bigArrow' | 'focus'

function arrows(action: Arrow, prefix: string): Shortcut[] {
  return ARROWS.map((d) => ({ action: `${action}${d}`, where: 'board', combos: [`${prefix}Arrow${d}`], repeats: true }))
}

export type Action =
  | `${Arrow}${Direction}` | 'create' | 'write' | 'stopWriting' | 'writeRight' | 'writeLeft' | 'writeBelow' | 'writeAbove'
  | 'undo' | 'redo' | 'duplicate' | 'remove' | 'front' | 'back' | 'selectAll' | 'escape' | 'focusFirst' | 'focusLast'
  | 'selectTool' | 'handTool' | 'zoomIn' | 'zoomOut' | 'zoomTo100' | 'zoomToFit' | 'zoomToSelection' | 'help'

export const SHORTCUTS: readonly Shortcut[] = [
  { action: 'create', where: 'board', combos: ['N', 'S'] },
  { action: 'write', where: 'board', combos: ['Enter', 'F2'] },
  { action: 'stopWriting', where: 'writing', combos: ['Escape'] },
  { action: 'writeRight', where: 'writing', combos: ['Tab'] },
  { action: 'writeLeft', where: 'writing', combos: ['Shift+Tab'] },
  { action: 'writeBelow', where: 'writing', combos: ['Ctrl+Enter'] },
  { action: 'writeAbove', where: 'writing', combos: ['Ctrl+Shift+Enter'] },
  { action: 'undo', where: 'page', combos: ['Ctrl+Z'], repeats: true },
  { action: 'redo', where: 'page', combos: ['Ctrl+Shift+Z', 'Ctrl+Y'], repeats: true },
  { action: 'undo', where: 'writing', combos: ['Ctrl+Z'], repeats: true },
  { action: 'redo', where: 'writing', combos: ['Ctrl+Shift+Z', 'Ctrl+Y'], repeats: true },
  { action: 'duplicate', where: 'page', combos: ['Ctrl+D'] },
  { action: 'remove', where: 'board', combos: ['Delete', 'Backspace'] },
  { action: 'front', where: 'board', combos: [']', 'Ctrl+]'] },
  { action: 'back', where: 'board', combos: ['[', 'Ctrl+['] },
  { action: 'selectAll', where: 'page', combos: ['Ctrl+A'] },
  { action: 'escape', where: 'board', combos: ['Escape'] },
  ...arrows('arrow', ''),
  ...arrows('bigArrow', 'Shift+'),
  ...arrows('focus', 'Ctrl+'),
  { action: 'focusFirst', where: 'board', combos: ['Home'] },
  { action: 'focusLast', where: 'board', combos: ['End'] },
  { action: 'selectTool', where: 'board', combos: ['V'] },
  { action: 'handTool', where: 'board', combos: ['H'] },
  { action: 'zoomIn', where: 'page', combos: ['Ctrl++', 'Ctrl+='], repeats: true },
  { action: 'zoomIn', where: 'board', combos: ['=', '+'], repeats: true },
  { action: 'zoomOut', where: 'page', combos: ['Ctrl+-'], repeats: true },
  { action: 'zoomOut', where: 'board', combos: ['-'], repeats: true },
  { action: 'zoomTo100', where: 'page', combos: ['Ctrl+0'] },
  { action: 'zoomTo100', where: 'board', combos: ['Shift+0'] },
  { action: 'zoomToFit', where: 'board', combos: ['Shift+1'] },
  { action: 'zoomToSelection', where: 'board', combos: ['Shift+2'] },
  { action: 'help', where: 'board', combos: ['?'] },
]

/** What of a key press matters. */
export interface Press {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

/** Whether a press is the combination. Ctrl stands for ⌘ too. */
export function matches(combo: string, e: Press): boolean {
  const parts = combo.length > 1 ? combo.replace(/\+\+$/, '+plus').split('+') : [combo]
  const key = parts.at(-1) === 'plus' ? '+' : parts.at(-1)!
  if (e.altKey || parts.includes('Ctrl') !== (e.ctrlKey || e.metaKey)) return false
  const shift = parts.includes('Shift')
  if (/^\d$/.test(key)) return e.shiftKey === shift && (e.code === `Digit${key}` || e.key === key)
  if (/^[A-Z]$/.test(key)) return e.shiftKey === shift && letterOf(e) === key
  // On some layouts a sign needs Shift: the sign is what counts.
  if (key.length === 1) return e.key === key
  return e.shiftKey === shift && e.key === key
}

/** The Latin letter of a press, by the key's place where the layout has no Latin letters. */
function letterOf(e: Press): string {
  const letter = e.key.toUpperCase()
  if (/^[A-Z]$/.test(letter)) return letter
  const isAscii = e.key.length === 1 && e.key.charCodeAt(0) < 128
  return !isAscii && /^Key[A-Z]$/.test(e.code) ? e.code.slice(3) : ''
}

/** The shortcut of a press in one of these places. */
export function find(e: Press, places: readonly Where[]): Shortcut | undefined {
  return SHORTCUTS.find((s) => places.includes(s.where) && s.combos.some((c) => matches(c, e)))
}
