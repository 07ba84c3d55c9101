// The order in which notes lie on each other, as z-index numbers. The order
// keys of notes are strings of any length; the browser wants integers. They are
// given out with gaps, so that one note that moves changes one number.

const GAP = 1024

export interface Stacked {
  readonly id: string
  readonly z: string
}

/** Equal keys order by note id: the same order everywhere. */
export function below(a: Stacked, b: Stacked): boolean {
  return a.z < b.z || (a.z === b.z && a.id < b.id)
}

export class Layers {
  private order: Stacked[] = []
  private readonly rank = new Map<string, number>()
  private readonly keys = new Map<string, Stacked>()

  /** The note's z-index. */
  of(id: string): number {
    return this.rank.get(id) ?? 0
  }

  /** Ids from the lowest to the highest. */
  ids(): string[] {
    return this.order.map((s) => s.id)
  }

  lowest(): Stacked | undefined {
    return this.order[0]
  }

  highest(): Stacked | undefined {
    return this.order.at(-1)
  }

  /** Begins anew with these, the lowest first. */
  reset(sorted: readonly Stacked[]): void {
    this.order = sorted.map(({ id, z }) => ({ id, z }))
    this.rank.clear()
    this.keys.clear()
    for (const s of this.order) this.keys.set(s.id, s)
    this.renumber()
  }

  /** Puts a note in its place. Tells whether others' numbers changed too. */
  put(id: string, z: string): boolean {
    if (this.keys.get(id)?.z === z) return false
    this.remove(id)
    const entry = { id, z }
    const at = this.search(entry)
    this.order.splice(at, 0, entry)
    this.keys.set(id, entry)
    const rank = this.rankAt(at)
    if (rank !== null) this.rank.set(id, rank)
    else this.renumber()
    return rank === null
  }

  remove(id: string): void {
    const old = this.keys.get(id)
    if (!old) return
    this.order.splice(this.search(old), 1)
    this.keys.delete(id)
    this.rank.delete(id)
  }

  /** The index of the first entry that is not below this one. */
  private search(entry: Stacked): number {
    let low = 0
    let high = this.order.length
    while (low < high) {
      const mid = (low + high) >> 1
      if (below(this.order[mid]!, entry)) low = mid + 1
      else high = mid
    }
    return low
  }

  /** A number between the neighbours', or null when there is no room. */
  private rankAt(at: number): number | null {
    const lower = this.order[at - 1]
    const upper = this.order[at + 1]
    if (!lower && !upper) return 0
    if (!upper) return this.of(lower!.id) + GAP
    if (!lower) return this.of(upper.id) - GAP
    const mid = Math.floor((this.of(lower.id) + this.of(upper.id)) / 2)
    return mid > this.of(lower.id) ? mid : null
  }

  private renumber(): void {
    this.order.forEach((s, i) => this.rank.set(s.id, i * GAP))
  }
}
