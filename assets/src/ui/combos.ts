// What a press of keys is called: 'N', 'Ctrl+Shift+Z', 'Shift+1', 'Ctrl++',
// 'Alt+Arrow' for all four of the arrow keys.

/** What of a key press matters. */
export interface Press {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

interface Combo {
  readonly ctrl: boolean
  readonly alt: boolean
  readonly shift: boolean
  readonly key: string
}

function parse(combo: string): Combo {
  const key = /[^+]+$|\+$/.exec(combo)![0]
  const modifiers = combo.slice(0, -key.length)
  return { ctrl: modifiers.includes('Ctrl'), alt: modifiers.includes('Alt'), shift: modifiers.includes('Shift'), key }
}

/** With Alt, a key that many layouts have elsewhere is known by its place: ⌥ makes another sign of it. */
const PLACES: Readonly<Record<string, string>> = { '[': 'BracketLeft', ']': 'BracketRight' }

/** Whether a press is the combination. Ctrl stands for ⌘ too. */
export function matches(combo: string, e: Press): boolean {
  const { ctrl, alt, shift, key } = parse(combo)
  const isSign = key.length === 1 && !/[A-Z\d]/.test(key)
  // Many layouts have signs on Shift, AltGr or ⌥: the sign is what counts.
  if (isSign && !ctrl && !alt && e.altKey) return e.key === key && !e.metaKey && e.code !== PLACES[key]
  if (alt !== e.altKey || ctrl !== (e.ctrlKey || e.metaKey)) return false
  if (isSign && alt) return e.code === PLACES[key]
  if (isSign) return e.key === key || (key === '+' && e.key === '=' && !e.shiftKey)
  return e.shiftKey === shift && isKey(key, e)
}

function isKey(key: string, e: Press): boolean {
  if (key === 'Arrow') return e.key.startsWith('Arrow')
  if (/^\d$/.test(key)) return e.code === `Digit${key}` || e.key === key
  if (/^[A-Z]$/.test(key)) return letterOf(e) === key
  return e.key === key
}

/** The Latin letter of a press, by the key's place where the layout has no Latin letters. */
function letterOf(e: Press): string {
  const letter = e.key.toUpperCase()
  if (/^[A-Z]$/.test(letter)) return letter
  const isAscii = e.key.length === 1 && e.key.charCodeAt(0) < 128
  return !isAscii && /^Key[A-Z]$/.test(e.code) ? e.code.slice(3) : ''
}

/** Whether it needs a hand on Ctrl or Alt, or is a function key: never part of writing or of a button's own keys. */
export function isChord(combo: string): boolean {
  return /^((Shift\+)?F\d|Ctrl\+|Alt\+)/.test(combo)
}

/** Whether one press is both. */
export function clashes(a: string, b: string): boolean {
  const one = (combo: string): string => combo.replace(/Arrow\w+$/, 'Arrow')
  return a === b || (one(a) === one(b) && (a.endsWith('Arrow') || b.endsWith('Arrow')))
}
