// How much of the others this person wants to see: all of it, no pointers, or,
// in calm mode, nothing that moves or speaks. This device remembers.

const KEPT = 'corkboard quiet'
const CROWD = 30 // more others than this, and their pointers only get in the way

/** Shows or hides the pointers; by itself until somebody chooses. */
type Pointers = 'shown' | 'hidden' | 'auto'

export class Quiet {
  private pointers: Pointers
  private readonly listeners: (() => void)[] = []
  /** No pointers, no selections and no news of others. */
  isCalm: boolean
  /** So many others are here that their pointers are not shown unless they are asked for. */
  isCrowd = false

  constructor() {
    const kept = recall()
    this.isCalm = kept.includes('calm')
    this.pointers = kept.includes('hidden') ? 'hidden' : kept.includes('shown') ? 'shown' : 'auto'
  }

  get hidesPointers(): boolean {
    return this.isCalm || (this.pointers === 'auto' ? this.isCrowd : this.pointers === 'hidden')
  }

  onChange(fn: () => void): void {
    this.listeners.push(fn)
  }

  showPointers(on: boolean): void {
    this.pointers = on ? 'shown' : 'hidden'
    if (on) this.isCalm = false
    this.keep()
  }

  calm(on: boolean): void {
    this.isCalm = on
    this.keep()
  }

  /** So many others are here. Tells whether their pointers have just gone for that. */
  count(others: number): boolean {
    const was = this.hidesPointers
    this.isCrowd = others > CROWD
    if (this.hidesPointers !== was) this.tell()
    return this.hidesPointers && !was
  }

  private keep(): void {
    try {
      localStorage.setItem(KEPT, `${this.pointers}${this.isCalm ? ' calm' : ''}`)
    } catch {
      // Storage is off: it holds until the page is left.
    }
    this.tell()
  }

  private tell(): void {
    for (const fn of this.listeners) fn()
  }
}

function recall(): string {
  try {
    return localStorage.getItem(KEPT) ?? ''
  } catch {
    return ''
  }
}
