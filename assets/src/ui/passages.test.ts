import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apply } from '../notes/delta.ts'
import { passagesOf, tickOp } from './passages.ts'
import { isList, isRich } from './reading.ts'

const links = (text: string): string[] => passagesOf(text).flatMap((p) => (p.kind === 'link' ? [`${p.text} ${p.href}`] : []))
const tasks = (text: string): string[] => passagesOf(text).flatMap((p) => (p.kind === 'task' ? [`${p.done} ${p.label}`] : []))

test('addresses are links, without the punctuation around them', () => {
  assert.deepEqual(links('see https://example.org/a?b=c#d.'), ['https://example.org/a?b=c#d https://example.org/a?b=c#d'])
  assert.deepEqual(links('(www.example.org), or http://localhost:8080/x!'), [
    'www.example.org https://www.example.org', 'http://localhost:8080/x http://localhost:8080/x',
  ])
  assert.deepEqual(links('https://en.wikipedia.org/wiki/Post-it_(note) and “https://a.example”'), [
    'https://en.wikipedia.org/wiki/Post-it_(note) https://en.wikipedia.org/wiki/Post-it_(note)', 'https://a.example https://a.example',
  ])
  assert.deepEqual(links('参照https://example.jp/路。次'), ['https://example.jp/路 https://example.jp/路'])
})

test('what only looks like an address is words', () => {
  for (const text of ['http://', 'www.', 'www.x', 'awww.example.org', 'javascript:alert(1)', 'ana@www.example.org', 'ftp://x.y']) {
    assert.deepEqual(links(text), [], text)
  }
})

test('a box at the beginning of a line is a task, named by its line', () => {
  assert.deepEqual(tasks('[ ] milk\n- [x] eggs \n2. [X] bread\n[ ]'), ['false milk', 'true eggs', 'true bread', 'false '])
  assert.deepEqual(tasks('a [ ] b\n[] c\n[y] d\n[ ]e\narray[x] '), [])
  assert.deepEqual(tasks('[xx] ticked by two'), ['true ticked by two'])
})

test('the passages are the text, and what is not rich has none', () => {
  for (const text of ['', 'words', '[ ] see www.example.org\n\n- [x] 👩‍👩‍👧 https://a.example, b', 'שלום [ ] www.example.org']) {
    assert.equal(passagesOf(text).map((p) => p.text).join(''), text)
    assert.equal(isRich(text), passagesOf(text).some((p) => p.kind !== 'words'))
  }
})

test('ticking changes one character, also after others that take two units', () => {
  const text = '👩‍👩‍👧 family\n[ ] buy\n[xx] sell'
  const [open, done] = passagesOf(text).filter((p) => p.kind === 'task')
  assert.equal(apply(tickOp('n', text, open!).delta, text), '👩‍👩‍👧 family\n[x] buy\n[xx] sell')
  assert.equal(apply(tickOp('n', text, done!).delta, text), '👩‍👩‍👧 family\n[ ] buy\n[ ] sell')
})

test('lists are known by the beginnings of their lines', () => {
  for (const text of ['- a', '- ', 'x\n  * b', '1. a', '12) b', '[ ] a', '[xx] a', '• a']) assert.ok(isList(text), text)
  for (const text of ['-a', 'a - b', '1.5 l', '', '2026. ', '[x]y', '[ ]', '[ a] b', '[']) assert.ok(!isList(text), text)
})
