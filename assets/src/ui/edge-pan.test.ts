import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Camera } from './camera.ts'
import type { Desk } from './desk.ts'
import { EdgePan } from './edge-pan.ts'

function deskOf(w: number, h: number): Pick<Desk, 'size' | 'screen' | 'look'> & { camera: Camera } {
  return {
    size: { w, h },
    camera: { x: 0, y: 0, zoom: 1 },
    screen: ({ clientX, clientY }) => [clientX, clientY],
    look(camera) {
      this.camera = camera
    },
  }
}

test('the desk pans near its edges, faster the nearer', () => {
  const desk = deskOf(1000, 800)
  const pan = new EdgePan(desk as Desk)
  const by = (clientX: number, clientY = 400): [boolean, number, number] => {
    const { x, y } = desk.camera
    const pans = pan.step({ clientX, clientY } as MouseEvent)
    return [pans, desk.camera.x - x, desk.camera.y - y]
  }
  assert.deepEqual(by(500), [false, 0, 0])
  assert.deepEqual(by(1100), [true, 14, 0], 'also beyond it')
  assert.deepEqual(by(14), [true, -7, 0])
  assert.deepEqual(by(500, 7), [true, 0, -10.5])
  assert.deepEqual(by(500), [false, 0, 0])
})

test('what begins at the edge pans only after it has been away from it', () => {
  const desk = deskOf(1000, 800)
  const pan = new EdgePan(desk as Desk)
  const at = (clientX: number): boolean => pan.step({ clientX, clientY: 400 } as MouseEvent)
  assert.deepEqual([at(10), at(5), at(60), at(10)], [false, false, false, true])
})
