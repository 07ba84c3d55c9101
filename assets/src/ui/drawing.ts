// The tools that draw come later than their buttons. What a pointer does with one
// before that happens when it is there.

import type { Board } from './board.ts'
import type { Gesture } from './pointer.ts'

export function drawing(board: Board): void {
  const draws = (): boolean => /arrow|frame/.test(board.tool.current)
  board.tool.onChange(() => draws() && board.actions.after(() => {}))
  board.pointer.add((e) => {
    if (!draws() || e.button !== 0) return null
    const drawn = new Awaited()
    return board.actions.after(() => drawn.become(board.pointer.begin(e))) ? drawn : null
  })
}

/** Does what was done with it once it has become a gesture. */
class Awaited implements Gesture {
  private gesture: Gesture | null = null
  private readonly done: ((gesture: Gesture) => void)[] = []

  become(gesture: Gesture | null): void {
    this.gesture = gesture
    if (gesture) for (const deed of this.done) deed(gesture)
  }

  move(e: PointerEvent): void {
    this.when((g) => g.move?.(e))
  }

  end(e: PointerEvent): void {
    this.when((g) => g.end?.(e))
  }

  cancel(): void {
    this.when((g) => g.cancel?.())
  }

  private when(deed: (gesture: Gesture) => void): void {
    if (this.gesture) deed(this.gesture)
    else this.done.push(deed)
  }
}
