import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Action, Actions, type Place } from './actions.ts'
import type { Press } from './combos.ts'
import { onMac, told } from './told.ts'

function press(key: string, more: Partial<Press> = {}): Press {
  return { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more }
}

const action = (id: string, keys: string, more: Partial<Action> = {}): Action => ({ id, keys, title: id, group: 'notes', run: () => {}, ...more })

function registry(...list: Action[]): Actions {
  const actions = new Actions(() => true)
  actions.add(...list)
  return actions
}

test('keys without Ctrl work on the board only, with it on the whole page, anywhere goes a step further', () => {
  const actions = registry(
    action('note.create', 'N'), action('focus.first', 'Home'), action('select.all', 'Ctrl+A'),
    action('zoom.in', 'Ctrl++ +', { where: 'anywhere' }), action('write.right', 'Tab', { where: 'writing' }),
    action('focus.next', 'Ctrl+Arrow', { where: 'board' }), action('find.next', 'F3'),
  )
  const found = (e: Press): string =>
    (['board', 'page', 'writing'] as const).filter((p) => actions.find(e, p === 'board' ? ['board', 'page'] : [p])).join(' ')
  assert.equal(found(press('n')), 'board')
  assert.equal(found(press('Home')), 'board')
  assert.equal(found(press('a', { ctrlKey: true })), 'board page')
  assert.equal(found(press('+', { ctrlKey: true })), 'board page writing')
  assert.equal(found(press('+')), 'board page')
  assert.equal(found(press('Tab')), 'writing')
  assert.equal(found(press('ArrowUp', { ctrlKey: true })), 'board')
  assert.equal(found(press('F3')), 'board page')
})

test('single letters and signs can be left out, what has a name or Ctrl cannot', () => {
  const actions = registry(action('note.create', 'N'), action('zoom.fit', 'Shift+1'), action('help', '?'), action('write', 'Enter'), action('redo', 'Ctrl+Y'))
  const singly = (e: Press): boolean => actions.find(e, ['board', 'page'], false) !== undefined
  assert.ok(!singly(press('n')) && !singly(press('?', { shiftKey: true })) && !singly(press('!', { code: 'Digit1', shiftKey: true })))
  assert.ok(singly(press('Enter')) && singly(press('y', { ctrlKey: true })))
})

test('no press means two things in one place', () => {
  const actions = registry(action('a', 'Escape'), action('b', 'Arrow', { where: 'board' }), action('c', 'Ctrl+Z'))
  actions.add(action('d', 'Escape', { where: 'writing' }))
  assert.throws(() => actions.add(action('e', 'N Escape')), /e and a/)
  assert.throws(() => actions.add(action('f', 'ArrowUp')), /f and b/)
  assert.throws(() => actions.add(action('g', 'Ctrl+Z', { where: 'anywhere' })), /g and c/)
  assert.throws(() => actions.add(action('a', '')), /a and a/)
})

test('who may only look has no actions that edit, and nobody those that would do nothing', () => {
  let edits = false
  const ran: string[] = []
  const actions = new Actions(() => edits)
  actions.add(
    action('look', 'L', { run: () => void ran.push('look') }),
    action('edit', 'E', { edits: true, enabled: () => ran.length === 1, run: () => void ran.push('edit') }),
  )
  assert.deepEqual(actions.list().map((a) => a.id), ['look'])
  actions.run('edit')
  edits = true
  actions.run('edit')
  for (const id of ['look', 'edit', 'edit']) actions.run(id)
  assert.deepEqual(ran, ['look', 'edit'])
})

test('a combination is told as it stands on the keyboard', () => {
  assert.equal(told('Ctrl+Shift+Z', false), 'Ctrl+Shift+Z')
  assert.equal(told('Ctrl+Shift+Z', true), '⌘⇧Z')
  assert.equal(told('Ctrl+-', false), 'Ctrl+−')
  assert.equal(told('Arrow', false), 'Arrow keys')
  assert.equal(told('Shift+Arrow', false), 'Shift+arrow keys')
  assert.equal(onMac('Undo (Ctrl+Z)', true), 'Undo (⌘Z)')
  assert.equal(onMac('Alt+drag', false), 'Alt+drag')
})

test('the key of an action that comes later brings it, and is pressed again; so does its name', async () => {
  const actions = registry(action('note.create', 'N'))
  const again: string[] = []
  const ran: string[] = []
  let came = (): void => {}
  const there = new Promise<void>((done) => (came = done)).then(() => {
    actions.arrived()
    actions.add(action('minimap', 'M', { run: () => void ran.push('minimap') }))
  })
  actions.onComing = (_, e) => e && again.push(e.key)
  actions.expect({ '': 'M Alt+A', writing: 'Tab' }, async (then = () => {}) => {
    await there
    then()
    return true
  })
  const found = (e: Press, ...places: Place[]): Action | undefined => actions.find(e, places)
  assert.deepEqual(actions.list().map((a) => a.id), ['note.create'])
  assert.equal(found(press('n'), 'board')?.id, 'note.create')
  assert.equal(found(press('m'), 'writing'), undefined)
  assert.ok(found(press('Tab'), 'writing') && !found(press('Tab'), 'board'))
  assert.ok(actions.perform(found(press('m'), 'board')!, press('m') as KeyboardEvent))
  assert.deepEqual(again, ['m'])
  actions.run('minimap')
  assert.deepEqual(ran, [])
  came()
  await there
  await new Promise(setImmediate)
  assert.deepEqual(ran, ['minimap'])
  assert.equal(found(press('m'), 'board')?.id, 'minimap')
  assert.equal(found(press('Tab'), 'writing'), undefined)
})
