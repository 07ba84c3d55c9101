// Which notes lie in a part of the board, without looking at all of them: the
// board is cut into square cells, and each knows the notes that touch it.

import { meets, type Rect } from './geometry.ts'

const CELL = 800 // board units: a few notes a cell, and the widest note touches 16

export class Grid {
  private readonly cells = new Map<string, Set<string>>()
  private readonly rects = new Map<string, Rect>()

  get size(): number {
    return this.rects.size
  }

  rect(id: string): Rect | undefined {
    return this.rects.get(id)
  }

  all(): IterableIterator<Rect> {
    return this.rects.values()
  }

  put(id: string, rect: Rect): void {
    const old = this.rects.get(id)
    this.rects.set(id, rect)
    if (old && span(old) === span(rect)) return
    if (old) this.leave(id, old)
    for (const key of keys(rect)) this.cell(key).add(id)
  }

  remove(id: string): void {
    const old = this.rects.get(id)
    if (!old) return
    this.rects.delete(id)
    this.leave(id, old)
  }

  /** The notes that touch the rectangle, in no order. */
  query(area: Rect): Set<string> {
    const found = new Set<string>()
    if (this.isWide(area)) {
      for (const [id, rect] of this.rects) if (meets(area, rect)) found.add(id)
      return found
    }
    for (const key of keys(area)) {
      for (const id of this.cells.get(key) ?? []) {
        if (meets(area, this.rects.get(id)!)) found.add(id)
      }
    }
    return found
  }

  /** An area of more cells than there are notes is quicker to answer note by note. */
  private isWide(area: Rect): boolean {
    return (area.w / CELL + 1) * (area.h / CELL + 1) > this.rects.size
  }

  private leave(id: string, rect: Rect): void {
    for (const key of keys(rect)) {
      const cell = this.cells.get(key)
      cell?.delete(id)
      if (cell?.size === 0) this.cells.delete(key)
    }
  }

  private cell(key: string): Set<string> {
    let cell = this.cells.get(key)
    if (!cell) this.cells.set(key, (cell = new Set()))
    return cell
  }
}

function keyOf(x: number, y: number): string {
  return `${Math.floor(x / CELL)},${Math.floor(y / CELL)}`
}

function span(r: Rect): string {
  return `${keyOf(r.x, r.y)},${keyOf(r.x + r.w, r.y + r.h)}`
}

function* keys(r: Rect): Generator<string> {
  for (let i = Math.floor(r.x / CELL); i <= Math.floor((r.x + r.w) / CELL); i++) {
    for (let j = Math.floor(r.y / CELL); j <= Math.floor((r.y + r.h) / CELL); j++) yield `${i},${j}`
  }
}
