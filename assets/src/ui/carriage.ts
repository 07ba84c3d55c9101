// What carries an element that moves in every frame. When a transform changes,
// Chromium works out anew how all layers lie on each other, 1 to 3 ms of a frame of a
// full board, unless there is an animation: then it takes them to lie on each other
// wherever they are. So each way is an animation that stands still, whose time says
// how far the element is on it.

const REACH = 1e7 // pixels each way
const MOST = 16 // times its size
const UNIT = 1e6 // ms of the way of sizes from 0 to 1

export class Carriage {
  private readonly x: Animation
  private readonly y: Animation
  private size: Animation | null = null // while it is not its own
  private at = ''

  /** The element needs its origin at 0 0. */
  constructor(private readonly element: Element) {
    this.x = way(element, 2 * REACH, { translate: [`${-REACH}px 0px`, `${REACH}px 0px`] })
    this.y = way(element, 2 * REACH, { translate: [`0px ${-REACH}px`, `0px ${REACH}px`], composite: 'add' })
    this.to(0, 0)
  }

  /** Moves it there, in pixels from its own place: by whole ones, unless it is stretched. */
  to(x: number, y: number, stretch = 1): void {
    if (stretch === 1) [x, y] = [whole(x), whole(y)]
    const at = `${x} ${y} ${stretch}`
    if (at === this.at) return
    this.at = at
    this.x.currentTime = REACH + x
    this.y.currentTime = REACH + y
    if (stretch === 1) return this.unstretch()
    this.size ??= way(this.element, MOST * UNIT, { scale: [0, MOST] })
    this.size.currentTime = stretch * UNIT
  }

  private unstretch(): void {
    this.size?.cancel()
    this.size = null
  }
}

/** Whole device pixels keep text and edges crisp. */
export function whole(v: number): number {
  const ratio = window.devicePixelRatio || 1
  return Math.round(v * ratio) / ratio
}

function way(element: Element, duration: number, keyframes: PropertyIndexedKeyframes): Animation {
  const animation = element.animate(keyframes, { duration })
  animation.pause()
  return animation
}
