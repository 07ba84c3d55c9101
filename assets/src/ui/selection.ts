// Which notes are selected here. No DOM: behaviours listen and show it.

export class Selection {
  private current: ReadonlySet<string> = new Set()
  private readonly listeners: ((now: ReadonlySet<string>, before: ReadonlySet<string>) => void)[] = []

  get ids(): ReadonlySet<string> {
    return this.current
  }

  get size(): number {
    return this.current.size
  }

  has(id: string): boolean {
    return this.current.has(id)
  }

  /** The one selected note, if it is exactly one. */
  get only(): string | undefined {
    return this.current.size === 1 ? this.current.values().next().value : undefined
  }

  onChange(fn: (now: ReadonlySet<string>, before: ReadonlySet<string>) => void): void {
    this.listeners.push(fn)
  }

  set(ids: Iterable<string>): void {
    const next = new Set(ids)
    const before = this.current
    if (next.size === before.size && [...next].every((id) => before.has(id))) return
    this.current = next
    for (const fn of this.listeners) fn(next, before)
  }

  toggle(id: string): void {
    const next = new Set(this.current)
    if (!next.delete(id)) next.add(id)
    this.set(next)
  }

  add(ids: Iterable<string>): void {
    this.set([...this.current, ...ids])
  }

  drop(ids: Iterable<string>): void {
    const gone = new Set(ids)
    this.set([...this.current].filter((id) => !gone.has(id)))
  }

  clear(): void {
    this.set([])
  }

  /** What the answer would be with these selected. It is to change nothing: nobody is told. */
  as<T>(ids: Iterable<string>, ask: () => T): T {
    const now = this.current
    this.current = new Set(ids)
    try {
      return ask()
    } finally {
      this.current = now
    }
  }
}
