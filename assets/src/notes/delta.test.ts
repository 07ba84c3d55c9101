import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FakeClock } from '../testing/clock.ts'
import { apply, canonical, compose, type Delta, DeltaError, deltaSpan, diff, invert, length, transform, transformIndex } from './delta.ts'

const runs = 2_000
const letters = ['a', 'b', 'é', '漢', '👩', '\u{1f468}\u200d\u{1f469}', '\n', '"']

function drawText(clock: FakeClock, longest: number): string {
  return Array.from({ length: clock.pick(longest + 1) }, () => letters[clock.pick(letters.length)]).join('')
}

function drawDelta(clock: FakeClock, text: string): Delta {
  const parts: Delta = []
  for (let left = length(text); left > 0; ) {
    const n = 1 + clock.pick(Math.min(3, left))
    const what = clock.pick(4)
    if (what === 0) parts.push(drawText(clock, 3))
    else parts.push(what === 1 ? -n : n)
    if (what > 0) left -= n
  }
  if (clock.random() < 0.3) parts.push(drawText(clock, 3))
  return canonical(parts)
}

/** Runs a law many times, and names the seed under which it fails. */
function law(name: string, check: (clock: FakeClock) => void): void {
  test(name, () => {
    for (let seed = 1; seed <= runs; seed++) {
      try {
        check(new FakeClock(seed))
      } catch (error) {
        throw new Error(`seed ${seed}: ${String(error)}`, { cause: error })
      }
    }
  })
}

law('TP1: two edits made at once come to the same in either order', (clock) => {
  const text = drawText(clock, 10)
  const [a, b] = [drawDelta(clock, text), drawDelta(clock, text)]
  const [a2, b2] = [transform(a, b, 'first'), transform(b, a, 'second')]
  assert.equal(apply(b2, apply(a, text)), apply(a2, apply(b, text)))
  assert.deepEqual(compose(a, b2), compose(b, a2))
})

law('compose does one after the other, and does not care how it is bracketed', (clock) => {
  const text = drawText(clock, 10)
  const a = drawDelta(clock, text)
  const b = drawDelta(clock, apply(a, text))
  const c = drawDelta(clock, apply(b, apply(a, text)))
  assert.equal(apply(compose(a, b), text), apply(b, apply(a, text)))
  assert.deepEqual(compose(compose(a, b), c), compose(a, compose(b, c)))
})

/** How many code points longer the text is after the delta. */
function growth(delta: Delta): number {
  return delta.reduce((n: number, part) => n + (typeof part === 'string' ? length(part) : Math.min(part, 0)), 0)
}

law('invert takes an edit back', (clock) => {
  const text = drawText(clock, 10)
  const d = drawDelta(clock, text)
  assert.equal(apply(invert(d, text), apply(d, text)), text)
  assert.equal(length(apply(d, text)), length(text) + growth(d))
})

law('diff finds an edit that makes the one text of the other, canonical and in code points', (clock) => {
  const [before, after] = [drawText(clock, 12), drawText(clock, 12)]
  const hint = clock.random() < 0.5 ? clock.pick(length(after) + 1) : undefined
  const d = diff(before, after, hint)
  assert.equal(apply(d, before), after)
  assert.deepEqual(canonical(d), d)
})

law('a typed character is found where it was typed, in a run of equal ones too', (clock) => {
  const before = 'a'.repeat(clock.pick(6)) + 'b' + 'a'.repeat(clock.pick(6))
  const at = clock.pick(length(before) + 1)
  const typed = canonical([at, 'a'])
  assert.deepEqual(diff(before, apply(typed, before), at + 1), typed)
})

law('an index keeps its place among the characters that stay', (clock) => {
  const text = [...'01234567']
  const d = drawDelta(clock, text.join(''))
  const after = [...apply(d, text.join(''))]
  text.forEach((c, i) => {
    if (after.includes(c)) assert.equal(after[transformIndex(i, d)], c)
  })
})

test('deleting in a run of equal letters is put at the caret', () => {
  assert.deepEqual(diff('aaaa', 'aaa', 1), [1, -1])
  assert.deepEqual(diff('aaaa', 'aaa', 3), [3, -1])
})

test('a caret that does not fit the change does not mislead', () => {
  assert.equal(apply(diff('abc', 'xbc', 0), 'abc'), 'xbc')
  assert.equal(apply(diff('abc', 'xyz', 99), 'abc'), 'xyz')
})

test('diff keeps what two texts have in common', () => {
  assert.deepEqual(diff('one three', 'one TWO three four'), [4, 'TWO ', 5, ' four'])
  assert.deepEqual(diff('same', 'same'), [])
  assert.equal(apply(diff('a'.repeat(4_000), 'b'.repeat(4_000)), 'a'.repeat(4_000)), 'b'.repeat(4_000))
})

test('who was first stays left', () => {
  assert.deepEqual(transform(['B'], ['A'], 'second'), [1, 'B'])
  assert.deepEqual(transform(['A'], ['B'], 'first'), ['A'])
})

test('an index that must stay before an insertion, and one that goes along', () => {
  assert.equal(transformIndex(2, [2, 'xy']), 4)
  assert.equal(transformIndex(2, [2, 'xy'], true), 2)
  assert.equal(transformIndex(5, [1, -3]), 2)
  assert.equal(transformIndex(2, [1, -3]), 1)
  assert.equal(transformIndex(0, [3, 'x']), 0)
})

test('counts are code points, and nothing is cut inside one', () => {
  assert.equal(length('a👩b'), 3)
  assert.equal(apply([1, -1], 'a👩b'), 'ab')
  assert.deepEqual(diff('👩', '👨'), ['👨', -1])
  assert.equal(deltaSpan([2, 'x', -3]), 5)
})

test('what does not fit or is no delta is an error', () => {
  assert.throws(() => apply([3, 'x'], 'ab'), DeltaError)
  assert.throws(() => invert([-3], 'ab'), DeltaError)
  assert.throws(() => canonical([1.5]), DeltaError)
  assert.throws(() => canonical([null]), DeltaError)
})

test('canonical merges neighbours, inserts first and keeps nothing at the end', () => {
  assert.deepEqual(canonical([1, 1, 'a', 'b', -1, -1, 'c', 0, '', 3]), [2, 'abc', -2])
})
