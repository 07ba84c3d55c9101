import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellsOfText } from './cells.ts'
import { linesOf, paragraphsOf } from './lines.ts'

test('lines lose the marks of their list and nothing else', () => {
  assert.deepEqual(linesOf('- one\r\n* two\n\n  3. three\n12) twelve\n[ ] to do\n- [ ] both\n[x] done\n• dot\n   \n1.5 litres\n-5 degrees\n2024. a year'), [
    'one', 'two', 'three', 'twelve', 'to do', 'both', '[x] done', 'dot', '1.5 litres', '-5 degrees', '2024. a year',
  ])
  assert.deepEqual(linesOf('\n \n'), [])
})

test('paragraphs stay as they are', () => {
  assert.deepEqual(paragraphsOf('\n- a\n- b\n\n\n  c\r\n\r\n\td  \n'), ['- a\n- b', '  c', '\td'])
})

test('tabs make a table', () => {
  assert.deepEqual(cellsOfText('a\tb\n c \t\nd\te\n'), [['a', 'b'], ['c', ''], ['d', 'e']])
  assert.deepEqual(cellsOfText('one\ttwo'), [['one', 'two']])
})

test('cells in quotes hold lines, tabs and quotes', () => {
  assert.deepEqual(cellsOfText('"two\nlines"\t"a ""word"""\nhe said "no"\t"x"y\n'), [['two\nlines', 'a "word"'], ['he said "no"', '"x"y']])
})

test('what only has tabs in it is no table', () => {
  for (const text of ['plain', '\tindented\n\tcode', 'a\tb\nc', 'a\t\n', '\t', '']) assert.equal(cellsOfText(text), null, JSON.stringify(text))
})

test('a long text is read quickly', () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => `"row ${i}"\tcell`).join('\n')
  const begun = performance.now()
  assert.equal(cellsOfText(rows)?.length, 20_000)
  assert.equal(cellsOfText('"\t'.repeat(500_000)), null)
  assert.ok(performance.now() - begun < 2000)
})
