// Which notes lie in a part of the board, without looking at all of them: the
// board is cut into square cells, and each knows the notes that touch it.

import { meets, type Rect } from './geometry.ts'

const CELL = 800 // board units: a few notes a cell, and the widest note touches 16
const ROW = 2 ** 20 // cells; no board is as wide

export class Grid {
  private readonly cells = new Map<number, Set<string>>()
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
    if (old && isSameSpan(old, rect)) return
    if (old) this.leave(id, old)
    each(rect, (key) => {
      const cell = this.cells.get(key)
      if (cell) cell.add(id)
      else this.cells.set(key, new Set([id]))
    })
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
    each(area, (key) => {
      for (const id of this.cells.get(key) ?? []) {
        if (meets(area, this.rects.get(id)!)) found.add(id)
      }
    })
    return found
  }

  /** An area of more cells than there are notes is quicker to answer note by note. */
  private isWide(area: Rect): boolean {
    return (area.w / CELL + 1) * (area.h / CELL + 1) > this.rects.size
  }

  private leave(id: string, rect: Rect): void {
    each(rect, (key) => {
      const cell = this.cells.get(key)
      cell?.delete(id)
      if (cell?.size === 0) this.cells.delete(key)
    })
  }
}

function cell(v: number): number {
  return Math.floor(v / CELL)
}

function isSameSpan(a: Rect, b: Rect): boolean {
  return (
    cell(a.x) === cell(b.x) && cell(a.y) === cell(b.y) &&
    cell(a.x + a.w) === cell(b.x + b.w) && cell(a.y + a.h) === cell(b.y + b.h)
  )
}

/** Names each cell that the rectangle touches. */
function each(r: Rect, fn: (key: number) => void): void {
  const [left, right, bottom] = [cell(r.x), cell(r.x + r.w), cell(r.y + r.h)]
  for (let j = cell(r.y); j <= bottom; j++) for (let i = left; i <= right; i++) fn(j * ROW + i)
}
