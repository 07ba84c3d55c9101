import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Note } from '../notes/note.ts'
import { deletedWords } from './remove.ts'

test('what was deleted is named', () => {
  const of = (...kinds: Note['kind'][]): Note[] => kinds.map((kind) => ({ ...(kind && { kind }) }) as Note)
  assert.equal(deletedWords(of(undefined)), '1 note deleted.')
  assert.equal(deletedWords(of(undefined, undefined)), '2 notes deleted.')
  assert.equal(deletedWords(of('connector')), '1 arrow deleted.')
  assert.equal(deletedWords(of('frame', 'frame')), '2 frames deleted.')
  assert.equal(deletedWords(of('frame', undefined, 'connector')), '3 things deleted.')
})
