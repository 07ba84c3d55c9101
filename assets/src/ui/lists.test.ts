import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newLine, typedAgain } from './lists.ts'

/** The text after Enter, with | for the caret; null where the browser does it. */
function enter(marked: string): string | null {
  const at = marked.indexOf('|')
  const text = marked.replace('|', '')
  const r = newLine(text, at, at)
  return r && `${text.slice(0, r.from)}${r.text}|${text.slice(r.to)}`
}

test('a list goes on with its next item', () => {
  assert.equal(enter('- milk|'), '- milk\n- |')
  assert.equal(enter('To buy:\n* milk|\n* eggs'), 'To buy:\n* milk\n* |\n* eggs')
  assert.equal(enter('9. nine|'), '9. nine\n10. |')
  assert.equal(enter('  2) two|'), '  2) two\n  3) |')
  assert.equal(enter('- one| half'), '- one\n- | half')
})

test('the next task is not ticked', () => {
  assert.equal(enter('[x] done|'), '[x] done\n[ ] |')
  assert.equal(enter('- [ ] open|'), '- [ ] open\n- [ ] |')
})

test('an empty item ends the list', () => {
  assert.equal(enter('- milk\n- |'), '- milk\n|')
  assert.equal(enter('1. one\n2. |\nafter'), '1. one\n|\nafter')
  assert.equal(enter('[ ]|'), '|')
  assert.equal(enter('- |'), '|')
})

test('elsewhere a new line is a new line', () => {
  for (const text of ['milk|', '|- milk', '-|', '- |milk\n'.replace('|', '').replace('- ', '|- '), '-5 degrees|', '3.14 is pi|', '', '|']) {
    assert.equal(enter(text.includes('|') ? text : `${text}|`), null, text)
  }
})

test('a mark that is typed where one came by itself stands there once', () => {
  for (const [marker, typed, want] of [
    ['- ', '-', '- '],
    ['- ', '*', '* '],
    ['2. ', '2.', '2. '],
    ['2. ', '-', '- '],
    ['  - ', '-', '  - '],
    ['[ ] ', '[x]', '[x] '],
    ['[ ] ', '[ ]', '[ ] '],
    ['- [ ] ', '- [x]', '- [x] '],
    ['- [ ] ', '[x]', '- [x] '],
    ['- ', '[ ]', null],
    ['- ', 'milk', null],
    ['- ', '-5', null],
    ['- ', '', null],
    ['[ ] ', '[', null],
  ] as const) {
    assert.equal(typedAgain(marker, typed), want, `${marker}${typed}`)
  }
})
