/** Who wants to be told. A listener that fails does not keep the others from hearing. */
export class Listeners<T> {
  private readonly all = new Set<(value: T) => void>()

  /** Adds a listener; the answer takes it away again. */
  add(fn: (value: T) => void): () => void {
    this.all.add(fn)
    return () => this.all.delete(fn)
  }

  tell(value: T): void {
    for (const fn of [...this.all]) {
      try {
        fn(value)
      } catch (error) {
        console.error(error)
      }
    }
  }
}
