import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { find, matches, type Press, SHORTCUTS, type Where } from './shortcuts.ts'

function press(key: string, more: Partial<Press> = {}): Press {
  return { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more }
}

test('letters by what is typed, whatever the case', () => {
  assert.ok(matches('N', press('n')))
  assert.ok(matches('N', press('N'))) // caps lock
  assert.ok(!matches('N', press('N', { shiftKey: true })))
  assert.ok(!matches('N', press('n', { altKey: true })))
})

test('letters by their place where the layout has none', () => {
  assert.ok(matches('Ctrl+Z', press('я', { code: 'KeyZ', ctrlKey: true })))
  assert.ok(!matches('Ctrl+Z', press('w', { code: 'KeyZ', ctrlKey: true }))) // AZERTY: the letter counts
})

test('Ctrl is ⌘ too', () => {
  assert.ok(matches('Ctrl+D', press('d', { metaKey: true })))
  assert.ok(!matches('Ctrl+D', press('d')))
  assert.ok(!matches('N', press('n', { ctrlKey: true })))
})

test('signs count however they are typed', () => {
  assert.ok(matches('?', press('?', { shiftKey: true })))
  assert.ok(matches(']', press(']', { shiftKey: true })))
  assert.ok(matches('Ctrl++', press('+', { ctrlKey: true, shiftKey: true })))
  assert.ok(matches('Ctrl+-', press('-', { ctrlKey: true })))
})

test('digits by their key, since Shift makes another sign of them', () => {
  assert.ok(matches('Shift+1', press('!', { code: 'Digit1', shiftKey: true })))
  assert.ok(matches('Ctrl+0', press('0', { code: 'Digit0', ctrlKey: true })))
  assert.ok(!matches('Shift+1', press('1', { code: 'Digit1' })))
})

test('named keys need exactly their modifiers', () => {
  assert.ok(matches('Shift+Tab', press('Tab', { shiftKey: true })))
  assert.ok(!matches('Tab', press('Tab', { shiftKey: true })))
  assert.ok(matches('Ctrl+Shift+Enter', press('Enter', { ctrlKey: true, shiftKey: true })))
  assert.ok(!matches('Ctrl+Enter', press('Enter', { ctrlKey: true, shiftKey: true })))
})

test('letters without a modifier work on the board only', () => {
  for (const s of SHORTCUTS) {
    if (s.combos.some((c) => /^[A-Z]$/.test(c) || c.length === 1)) assert.equal(s.where, 'board', s.action)
  }
  assert.equal(find(press('n'), ['writing']), undefined)
  assert.equal(find(press('n'), ['page']), undefined)
  assert.equal(find(press('n'), ['board', 'page'])?.action, 'create')
})

test('no press means two things in one place', () => {
  for (const where of ['board', 'writing', 'page'] as Where[]) {
    const combos = SHORTCUTS.filter((s) => s.where === where).flatMap((s) => [...s.combos])
    assert.deepEqual(combos, [...new Set(combos)])
  }
})

test('the help dialog tells every key, and no key that does nothing', () => {
  const told = helpedKeys()
  assert.ok(told.size > 30, 'the help was read')
  const known = new Set<string>(SHORTCUTS.flatMap((s) => s.combos.map(asTold)))
  // What a pointer does, and the two keys that are more than a shortcut.
  const others = ['Double-click', 'Alt+drag', 'Shift+click', 'Drag on the desk', 'Ctrl+wheel', 'hold Space', 'Space', 'any letter']
  for (const way of told) assert.ok(known.has(way) || others.includes(way), `${way} does nothing`)
  for (const combo of known) assert.ok(told.has(combo) || TOLD_OTHERWISE.has(combo), `${combo} is not told`)
})

// Beside the sign that is told, for other keyboards.
const TOLD_OTHERWISE = new Set(['Ctrl+=', '='])

/** A combination in the words of the help dialog. */
function asTold(combo: string): string {
  return combo
    .replace(/Arrow(Left|Right|Up|Down)$/, (_, __, at: number) => (at === 0 ? 'Arrow keys' : 'arrow keys'))
    .replace('Escape', 'Esc')
    .replace(/-$/, '−')
}

/** The ways in views/keys.go, which the server makes the dialog from. */
function helpedKeys(): Set<string> {
  let root = process.cwd()
  while (!existsSync(join(root, 'views', 'keys.go'))) {
    if (dirname(root) === root) throw new Error('views/keys.go is not above ' + process.cwd())
    root = dirname(root)
  }
  const source = readFileSync(join(root, 'views', 'keys.go'), 'utf8')
  const lists = [...source.matchAll(/\[\]string\{([^}]*)\}/g)].map((m) => m[1]!)
  return new Set(lists.flatMap((list) => [...list.matchAll(/"([^"]*)"/g)].map((m) => m[1]!)))
}
