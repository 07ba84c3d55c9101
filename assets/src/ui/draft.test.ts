import assert from 'node:assert/strict'
import { test } from 'node:test'
import { apply, type Delta, diff } from '../notes/delta.ts'
import { clean, cut, toPoints, toUnits } from './caret.ts'
import { Draft, type Field } from './draft.ts'

class FakeField implements Field {
  value = ''
  selectionStart = 0
  selectionEnd = 0

  setSelectionRange(start: number, end: number): void {
    this.selectionStart = start
    this.selectionEnd = end
  }

  /** What a keyboard does. */
  type(words: string): void {
    const { value, selectionStart, selectionEnd } = this
    this.value = value.slice(0, selectionStart) + words + value.slice(selectionEnd)
    this.setSelectionRange(selectionStart + words.length, selectionStart + words.length)
  }

  /** The text with the caret as |. */
  get seen(): string {
    return `${this.value.slice(0, this.selectionEnd)}|${this.value.slice(this.selectionEnd)}`
  }
}

interface Opened {
  field: FakeField
  draft: Draft
  sent: Delta[]
  view: () => string
  /** Somebody else's edit makes this of the text. */
  remote: (text: string, patch?: Delta) => void
}

function open(text: string, caret = text.length, most = Infinity): Opened {
  const field = new FakeField()
  const sent: Delta[] = []
  let view = text
  const draft = new Draft(field, text, (delta) => {
    sent.push(delta)
    const next = apply(delta, view)
    if (next.length > most) return view // refused
    view = next
    draft.received(view)
    return view
  })
  field.setSelectionRange(caret, caret)
  const remote = (next: string, patch?: Delta): void => {
    view = next
    draft.received(next, patch)
  }
  return { field, draft, sent, view: () => view, remote }
}

test('what is typed is sent as the smallest edit, at the caret', () => {
  const { field, draft, sent } = open('aaaa', 2)
  field.type('a')
  draft.typed()
  assert.deepEqual(sent, [[2, 'a']])
  draft.typed()
  assert.equal(sent.length, 1)
})

test('others’ words before the caret push it, words behind it do not', () => {
  const { field, remote } = open('one three', 4)
  remote('zero one three', ['zero '])
  assert.equal(field.seen, 'zero one |three')
  remote('zero one three four', [14, ' four'])
  assert.equal(field.seen, 'zero one |three four')
})

test('others’ words just at the caret stay behind it', () => {
  const { field, remote } = open('ab', 1)
  remote('aXb', [1, 'X'])
  assert.equal(field.seen, 'a|Xb')
})

test('a selection keeps what it held', () => {
  const { field, remote } = open('one two three')
  field.setSelectionRange(4, 7)
  remote('0 one two three', ['0 '])
  assert.equal(field.value.slice(field.selectionStart, field.selectionEnd), 'two')
})

test('a patch that does not lead to the view is not trusted', () => {
  const { field, remote } = open('abc')
  remote('abcd', [9, 'zzz'])
  assert.equal(field.value, 'abcd')
})

test('carets count in code points', () => {
  const { field, draft, remote, sent } = open('🙂🙂', 2)
  remote('👍🏽🙂🙂', ['👍🏽'])
  assert.equal(field.seen, '👍🏽🙂|🙂')
  field.type('é')
  draft.typed()
  assert.deepEqual(sent, [[3, 'é']])
})

test('while an input method composes the field is left alone, and nothing is lost', () => {
  const { field, draft, remote, view } = open('ab', 1)
  draft.composing = true
  field.type('に')
  draft.typed()
  assert.equal(view(), 'aにb')
  remote('XaにbY', ['X', 3, 'Y'])
  assert.equal(field.value, 'aにb') // not touched
  field.value = 'a日本b'
  field.setSelectionRange(3, 3)
  draft.composed()
  assert.equal(field.seen, 'Xa日本|bY')
  assert.equal(view(), 'Xa日本bY')
})

test('field and view agree after any mix of typing, composing and others’ edits', () => {
  let seed = 11
  const random = (n: number): number => (seed = (seed * 48271) % 2147483647) % n
  for (let round = 0; round < 300; round++) {
    const field = new FakeField()
    let view = 'hello 🙂 world'
    const draft = new Draft(field, view, (delta) => (view = apply(delta, view)))
    for (let i = 0; i < 12; i++) {
      const at = toUnits(field.value, random(toPoints(field.value, field.value.length) + 1))
      switch (random(4)) {
        case 0:
          draft.composing = true
          break
        case 1:
          draft.composed()
          break
        case 2: {
          const remote = view.slice(0, toUnits(view, 3)) + 'R' + [...view].slice(4).join('')
          const delta = diff(view, remote)
          view = remote
          draft.received(view, random(2) ? delta : undefined)
          break
        }
        default:
          field.setSelectionRange(at, field.value.length > at ? toUnits(field.value, toPoints(field.value, at) + 1) : at)
          field.type(random(2) ? '🐢' : '')
          draft.typed()
      }
    }
    draft.composed()
    assert.equal(field.value, view)
  }
})

test('points and units', () => {
  assert.equal(toPoints('a🙂b', 3), 2)
  assert.equal(toUnits('a🙂b', 2), 3)
  assert.equal(toUnits('ab', 9), 2)
  assert.equal(cut('🙂🙂🙂', 2), '🙂🙂')
  assert.equal(cut('abc', -1), '')
})

test('what may not stand in a note is taken out', () => {
  assert.equal(clean('a\r\nb\rc\u2028d\u0000\u0007e\tf\ud800g\udc00h🙂'), 'a\nb\nc\nde\tfgh🙂')
})

test('what the board refuses while an input method composes takes nothing of others’ words with it', () => {
  const { field, draft, view } = open('abcdef', 2, 7)
  draft.composing = true
  for (const words of ['x', 'y']) {
    field.type(words)
    draft.typed()
  }
  assert.equal(field.seen, 'abxy|cdef', 'left alone while it composes')
  field.value = 'abxcdef' // cut to what fits
  field.setSelectionRange(3, 3)
  draft.composed()
  assert.deepEqual([field.seen, view()], ['abx|cdef', 'abxcdef'])
})

test('what the board refuses goes from the field', () => {
  const { field, draft, view } = open('abcdef', 2, 6)
  field.type('x')
  draft.typed()
  assert.deepEqual([field.seen, view()], ['ab|cdef', 'abcdef'])
})
