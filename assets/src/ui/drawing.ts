// The tools that draw come later than their buttons. What a pointer does with one
// before that happens when it is there; so does what it does behind a key that may
// yet take one.

import type { Board } from './board.ts'
import type { Gesture } from './pointer.ts'

export function drawing(board: Board): void {
  const draws = (): boolean => /arrow|frame/.test(board.tool.current)
  board.tool.onChange(() => draws() && board.actions.after(() => {}))
  board.pointer.addFirst((e) => awaited(board, e, (begin) => board.keys.behind(begin)))
  board.pointer.add((e) => draws() ? awaited(board, e, (begin) => board.actions.after(begin)) : null)
}

/** The gesture that a press begins when its time comes; null when that is now. */
function awaited({ pointer }: Board, e: PointerEvent, after: (begin: () => void) => boolean): Gesture | null {
  if (e.button !== 0) return null
  const drawn = new Awaited()
  return after(() => drawn.become(pointer.begin(e))) ? drawn : null
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
