// Which notes stand out while the rest dims: what a search found, and the one of
// them that one looks at. No DOM: who draws notes listens.

export class Spotlight {
  private readonly listeners: (() => void)[] = []
  /** What stands out; null while everything is alike. */
  ids: ReadonlySet<string> | null = null
  /** The one that is looked at. */
  current: string | undefined

  onChange(fn: () => void): void {
    this.listeners.push(fn)
  }

  set(ids: ReadonlySet<string> | null, current?: string): void {
    this.ids = ids
    this.current = current
    for (const fn of this.listeners) fn()
  }

  /** How strongly a note is drawn where it has no element, 0 to 1. */
  strength(id: string): number {
    return this.ids && !this.ids.has(id) ? 0.2 : 1
  }
}
