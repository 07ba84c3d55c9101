import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Note } from '../notes/note.ts'
import { arrowsAt } from './arrows.ts'

test('the arrows at a note, whichever end', () => {
  const arrow = (id: string, from: string, to: string, more: Partial<Note> = {}): Note => ({ id, kind: 'connector', from, to, ...more }) as Note
  const notes = [arrow('p', 'a', 'b'), arrow('q', 'b', 'c'), arrow('r', 'c', 'd'), arrow('s', 'a', 'b', { deleted: 3 }), { id: 'a' } as Note]
  assert.deepEqual(arrowsAt(new Set(['b']), notes), ['p', 'q'])
  assert.deepEqual(arrowsAt(new Set(['a', 'd']), notes), ['p', 'r'])
  assert.deepEqual(arrowsAt(new Set(), notes), [])
})
