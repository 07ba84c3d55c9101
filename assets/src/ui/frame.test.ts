import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Frame } from './frame.ts'

function manual(): { frame: Frame; tick: () => boolean } {
  let next: ((now: number) => void) | null = null
  const frame = new Frame((run) => (next = run))
  const tick = (): boolean => {
    const run = next
    next = null
    run?.(0)
    return run !== null
  }
  return { frame, tick }
}

test('a task asked for many times runs once, lanes in their order', () => {
  const { frame, tick } = manual()
  const ran: string[] = []
  const notes = (): void => void ran.push('notes')
  frame.ask('overlay', () => ran.push('overlay'))
  for (let i = 0; i < 9; i++) frame.ask('notes', notes)
  frame.ask('camera', () => ran.push('camera'))
  tick()
  assert.deepEqual(ran, ['camera', 'notes', 'overlay'])
  assert.equal(tick(), false)
})

test('what an earlier lane asks of a later one joins the frame; what it asks of itself is the next', () => {
  const { frame, tick } = manual()
  const ran: string[] = []
  const again = (): void => {
    ran.push('camera')
    frame.ask('notes', () => ran.push('notes'))
    if (ran.length < 2) frame.ask('camera', again)
  }
  frame.ask('camera', again)
  tick()
  assert.deepEqual(ran, ['camera', 'notes'])
  tick()
  assert.deepEqual(ran, ['camera', 'notes', 'camera', 'notes'])
  assert.equal(tick(), false)
})
