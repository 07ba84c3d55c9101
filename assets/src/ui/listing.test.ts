import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Note } from '../notes/note.ts'
import { homes, listed, type Wish } from './listing.ts'
import { meets } from './geometry.ts'
import { roomBeside, roomIn } from './room.ts'

function note(id: string, x: number, y: number, text: string, more: Partial<Note> = {}): Note {
  return { id, x, y, w: 200, h: 200, z: 'a0', color: 'yellow', text, rev: 0, author: { id: 'u', name: 'Åsa' }, created: 1, ...more } as Note
}

const BOARD = [
  note('f', 1000, 0, 'Ideas', { kind: 'frame', w: 1000, h: 1000 }),
  note('g', 1500, 500, '', { kind: 'frame', w: 400, h: 400 }),
  note('d', 1600, 600, 'deep', { created: 9 }),
  note('b', 1300, 50, 'beside', { color: 'pink', created: 4 }),
  note('a', 1050, 60, 'Äpfel', { author: { id: 'v', name: 'Ben' }, created: 7 }),
  note('o', 0, 0, 'outside', { created: 0 }),
  note('c', 0, 0, 'label', { kind: 'connector', w: 0, h: 0 }),
]

function shown(wish: Partial<Wish>): string[] {
  return listed(BOARD, { words: '', color: '', by: 'place', ...wish }).map((p) => `${p.depth} ${p.title}: ${p.notes.map((n) => n.id).join(' ')}`)
}

test('frame by frame, each note where it is read', () => {
  assert.deepEqual(shown({}), ['0 : o', '0 Ideas: a b', '1 Frame without a name: d'])
})

test('by colour, by author, and the newest first: what is not saved yet is the newest', () => {
  assert.deepEqual(shown({ by: 'color' }), ['0 Pink: b', '0 Yellow: a d o'])
  assert.deepEqual(shown({ by: 'author' }), ['0 Åsa: b d o', '0 Ben: a'])
  assert.deepEqual(shown({ by: 'newest' }), ['0 Newest first: o d a b'])
})

test('only what one looks for, and the frame of that name', () => {
  assert.deepEqual(shown({ words: 'apfel' }), ['0 Ideas: a'])
  assert.deepEqual(shown({ words: 'ideas' }), ['0 Ideas: '])
  assert.deepEqual(shown({ color: 'pink' }), ['0 Ideas: b'])
  assert.deepEqual(shown({ words: 'ben', by: 'newest' }), ['0 Newest first: a'])
})

test('the frames to move to by name, and which one holds a note', () => {
  const { frames, of } = homes(BOARD)
  assert.deepEqual(frames.map((f) => f.id), ['g', 'f'])
  assert.equal(of(BOARD[2]!)?.id, 'g')
  assert.equal(of(BOARD[5]!), undefined)
})

test('room is where nothing lies: in rows, else in the middle; or clear to the right', () => {
  const area = { x: 0, y: 0, w: 500, h: 300 }
  const size = { w: 200, h: 200 }
  const first = roomIn(area, size, [])
  assert.deepEqual(first, { x: 24, y: 24, ...size })
  const second = roomIn(area, size, [first])
  assert.ok(!meets(first, second) && second.x + second.w <= 500)
  assert.deepEqual(roomIn(area, size, [first, second]), { x: 150, y: 50, ...size })
  const right = { x: 500, y: 0, w: 300, h: 300 }
  assert.ok(roomBeside(area, size, [area, right]).x > 800)
})
