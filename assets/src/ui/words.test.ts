import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Peer, Role } from '../protocol.ts'
import type { SaveState } from '../sync/types.ts'
import { marksOf } from './marks.ts'
import { freeColor } from './free-color.ts'
import { peopleOf } from './people.ts'
import { Gathering } from './news.ts'
import { noticeOf } from './notice.ts'
import { refusal, why } from './reasons.ts'
import { reading, speaking } from './saved.ts'
import { initials, noteLabel, shorten } from './words.ts'

function peer(id: string, more: Partial<Peer> = {}): Peer {
  return { id, user: `u_${id}`, name: id, color: 1, role: 'editor', cursor: null, selection: [], editing: null, ...more }
}

test('a note is named by its colour, its author and its text', () => {
  const author = { id: 'u_1', name: 'Ana' }
  assert.equal(noteLabel({ color: 'yellow', text: ' Buy\n milk ', author }), 'Yellow note by Ana: Buy milk')
  assert.equal(noteLabel({ color: 'sky', text: '', author: { id: '', name: '' } }), 'Sky note: empty')
})

test('words are cut between characters', () => {
  assert.equal(shorten('🙂🙂🙂🙂', 3), '🙂🙂…')
  assert.equal(shorten('abc', 3), 'abc')
})

test('initials are one or two letters', () => {
  assert.equal(initials('ana maria lopez'), 'AL')
  assert.equal(initials('Ölaf'), 'Ö')
  assert.equal(initials('  '), '?')
})

test('the state of the work says what is true', () => {
  const say = (kind: SaveState['kind'], unsaved = 0, role: Role = 'editor', reason?: string): string =>
    reading(reason === undefined ? { kind, unsaved } : { kind, unsaved, reason }, role).words
  assert.equal(say('live'), 'Saved')
  assert.equal(say('live', 2), 'Saving…')
  assert.equal(say('saving', 1), 'Saving…')
  assert.equal(say('offline'), 'Offline')
  assert.equal(say('offline', 1), 'Offline, 1 change kept')
  assert.equal(say('offline', 3), 'Offline, 3 changes kept')
  assert.equal(say('saving', 3, 'editor', 'The server’s disk is full.'), 'Can’t save yet, 3 changes kept')
  assert.equal(say('offline', 0, 'editor', 'The server’s disk is full.'), 'Can’t connect')
  assert.equal(say('connecting'), 'Connecting…')
  assert.equal(say('live', 0, 'viewer'), 'View only')
  assert.equal(say('denied', 0, 'editor', 'This link was turned off.'), 'Can’t edit')
  assert.equal(say('gone', 2), 'Can’t edit, 2 changes not saved')
})

test('people are shown once, me first, then by name', () => {
  const list = peopleOf([peer('zoe'), peer('ben'), peer('ben2', { user: 'u_ben', name: 'ben' })], { id: 'u_me', name: 'Me', color: 4 })
  assert.deepEqual(list.map((p) => p.name), ['Me', 'ben', 'zoe'])
  assert.equal(peopleOf([peer('tab', { user: 'u_me' })], { id: 'u_me', name: '', color: 0 }).length, 1)
})

test('writing counts more than selecting, and my own marks are not shown', () => {
  const marks = marksOf(
    [peer('a', { selection: ['n1', 'n2'] }), peer('b', { editing: 'n1', color: 7 }), peer('me', { editing: 'n2' })],
    'me',
  )
  assert.deepEqual(marks.get('n1'), { person: 7, name: 'b', writing: true })
  assert.deepEqual(marks.get('n2'), { person: 1, name: 'a', writing: false })
})

test('announcements are gathered into one sentence each', () => {
  const g = new Gathering()
  for (let i = 0; i < 4; i++) g.add('Ben')
  g.change('n1')
  g.change('n1')
  g.tell('Ana joined.')
  assert.equal(g.take(), 'Ana joined. Ben added 4 notes. 1 note changed.')
  assert.equal(g.take(), '')
})

test('trouble with saving is told once, and its end; saving itself is not', () => {
  const told: string[] = []
  const hear = speaking((words) => told.push(words))
  for (const look of ['connecting', 'saved', 'saving', 'saved', 'offline', 'offline', 'connecting', 'offline', 'saving', 'saved', 'saved', 'denied'] as const) {
    hear({ words: look, look })
  }
  assert.deepEqual(told, ['offline', 'saved', 'denied'])
})

test('a colour is kept while it is free, else the next free one is offered', () => {
  assert.equal(freeColor(3, new Set([1, 2]), 12), 3)
  assert.equal(freeColor(11, new Set([11, 0]), 12), 1)
  assert.equal(freeColor(1, new Set([0, 1, 2]), 3), 1)
})

test('a connection that is back in a moment is not worth a word', () => {
  assert.equal(reading({ kind: 'connecting', unsaved: 0, brief: true }, 'editor').words, 'Saved')
  assert.equal(reading({ kind: 'offline', unsaved: 2, brief: true }, 'editor').words, 'Saving…')
})

test('what nothing but this tab keeps is said so', () => {
  assert.equal(reading({ kind: 'offline', unsaved: 2, fragile: true }, 'editor').words, 'Offline, 2 changes kept only in this tab')
  assert.match(noticeOf({ kind: 'live', unsaved: 0, fragile: true }, 'editor'), /kept only in this tab/)
  assert.equal(noticeOf({ kind: 'live', unsaved: 0, fragile: true }, 'viewer'), '')
  assert.equal(noticeOf({ kind: 'offline', unsaved: 2 }, 'editor'), '')
})

test('each end has its sentence, and so has what came to nothing', () => {
  for (const reason of ['replaced', 'denied', 'full', 'gone', 'trashed', 'outdated', 'refused', 'demoted']) assert.match(why({ reason }), / .*\.$/)
  assert.equal(why({}), '')
  assert.equal(why({ reason: 'The disk is on fire.' }), 'The disk is on fire.')
  assert.equal(refusal({ code: 'superseded', reason: '', by: 'Ben' }), 'Ben has changed this since, so it was left as it is.')
  assert.match(refusal({ code: 'superseded', reason: '', partly: true }), /^Somebody else has changed a part/)
  assert.match(refusal({ code: 'deleted_while_writing', reason: '' }), /Your words are kept/)
  assert.equal(refusal({ code: 'unheard_of', reason: 'No.' }), 'No.')
})

test('why nothing can be saved is a sentence of its own, with what becomes of the work', () => {
  const state = { kind: 'saving', unsaved: 1, reason: 'The server’s disk is full.' } as const
  assert.equal(noticeOf(state, 'editor'), 'The server’s disk is full. Your changes are kept on this device until they can be saved.')
  assert.equal(noticeOf({ kind: 'denied', unsaved: 0, reason: 'No.' }, 'viewer'), 'No.')
  assert.equal(noticeOf({ kind: 'denied', unsaved: 1, reason: 'No.' }, 'viewer'), 'No. 1 change of yours is not saved, and nobody else sees it.')
  assert.match(noticeOf({ ...state, fragile: true }, 'editor'), /^The server’s disk is full\. .*only in this tab\.$/)
})
