import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clashes, matches, type Press } from './combos.ts'

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

test('a sign on AltGr or ⌥ counts, and is not what Alt is held for', () => {
  assert.ok(matches(']', press(']', { ctrlKey: true, altKey: true }))) // AltGr, as Windows tells it
  assert.ok(matches('[', press('[', { altKey: true })))
  assert.ok(!matches('Ctrl+[', press('[', { ctrlKey: true, altKey: true })))
})

test('plus is where equals is, without Shift', () => {
  assert.ok(matches('+', press('=')))
  assert.ok(matches('Ctrl++', press('=', { ctrlKey: true })))
  assert.ok(!matches('+', press('=', { code: 'Digit0', shiftKey: true }))) // a German keyboard's Shift+0
})

test('all four arrows at once', () => {
  for (const d of ['Left', 'Right', 'Up', 'Down']) assert.ok(matches('Shift+Arrow', press(`Arrow${d}`, { shiftKey: true })))
  assert.ok(!matches('Arrow', press('ArrowUp', { shiftKey: true })))
  assert.ok(clashes('Arrow', 'ArrowUp') && !clashes('Arrow', 'Shift+ArrowUp') && !clashes('ArrowUp', 'ArrowDown'))
})

test('Alt and a bracket go by the place of the key, which ⌥ makes another sign of', () => {
  const alt = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: true }
  assert.ok(matches('Alt+]', { ...alt, key: ']', code: 'BracketRight' }))
  assert.ok(matches('Alt+]', { ...alt, key: '‘', code: 'BracketRight' }))
  assert.ok(!matches(']', { ...alt, key: ']', code: 'BracketRight' }))
  assert.ok(matches(']', { ...alt, key: ']', code: 'Digit6' }), 'a German Mac has it on ⌥6')
  assert.ok(!matches('Alt+]', { ...alt, key: ']', code: 'Digit6' }))
})
