// Turns what pointers do on the desk into gestures. A gesture begins with the
// first starter that wants the press, gets every move of its pointer, and ends or
// is cancelled. A second finger takes back what the first one did: from then on the
// two pan and zoom, until the last is lifted. A hand that rests on the glass beside a
// pen does nothing.

import type { Desk } from './desk.ts'
import { distance, type Point } from './geometry.ts'

export interface Gesture {
  move?(e: PointerEvent): void
  end?(e: PointerEvent): void
  cancel?(): void
}

/** Looks at a press and takes it, or leaves it to the next. */
export type Starter = (e: PointerEvent) => Gesture | null

/** What two fingers do: the place between them and how far apart they are. */
export interface Pinch {
  readonly middle: Point
  readonly spread: number
}

const NATIVE = 'textarea, input, button, a:not(.note-link), [role="checkbox"], dialog, [contenteditable]'
const PALM = 90 // pixels; no finger is as wide
const NEAR = 600 // ms after a pen was seen over the glass in which touches are the hand that holds it

export class Pointer {
  private gesture: Gesture | null = null
  private holder = -1 // the pointer whose gesture it is
  private penSeen = -Infinity
  private readonly fingers = new Map<number, PointerEvent>()
  private pinch: Pinch | null = null
  private readonly starters: Starter[] = []

  constructor(
    private readonly desk: Desk,
    private readonly onPinch: (before: Pinch, now: Pinch) => void,
  ) {
    const element = desk.element
    element.addEventListener('pointerdown', (e) => this.down(e))
    element.addEventListener('pointermove', (e) => this.move(e))
    element.addEventListener('pointerup', (e) => this.up(e))
    element.addEventListener('pointercancel', (e) => this.lost(e))
    element.addEventListener('contextmenu', (e) => this.gesture && e.preventDefault())
  }

  /** Whether a hand is on the board now. */
  get busy(): boolean {
    return this.gesture !== null || this.pinch !== null
  }

  /** The earlier added is asked first. */
  add(starter: Starter): void {
    this.starters.push(starter)
  }

  /** For who came later than the others and is asked before them. */
  addFirst(starter: Starter): void {
    this.starters.unshift(starter)
  }

  /** Takes the gesture back, as Esc does. Tells whether there was one. */
  cancel(): boolean {
    const gesture = this.gesture
    this.gesture = null
    gesture?.cancel?.()
    return gesture !== null
  }

  private down(e: PointerEvent): void {
    this.sense(e)
    if (isNative(e) || this.isPalm(e)) return
    if (e.pointerType === 'touch') this.fingers.set(e.pointerId, e)
    else if (this.fingers.size > 0) this.brush()
    if (this.fingers.size === 2) {
      this.cancel()
      this.pinch = this.measure()
    } else if (!this.busy) {
      this.gesture = this.begin(e)
      if (!this.gesture) return // the browser's own, as a menu is
      this.holder = e.pointerId
    } else {
      return
    }
    capture(this.desk.element, e.pointerId)
  }

  /** Notes that a pen is near. */
  private sense(e: PointerEvent): void {
    if (e.pointerType === 'pen') this.penSeen = e.timeStamp
  }

  private isPalm(e: PointerEvent): boolean {
    return e.pointerType === 'touch' && (e.timeStamp - this.penSeen < NEAR || Math.max(e.width, e.height) > PALM)
  }

  /** A pen comes down: the hand that came before it meant nothing. */
  private brush(): void {
    this.cancel()
    this.fingers.clear()
    this.pinch = null
  }

  /** The gesture that a press begins. */
  begin(e: PointerEvent): Gesture | null {
    for (const starter of this.starters) {
      const gesture = starter(e)
      if (gesture) return gesture
    }
    return null
  }

  private move(e: PointerEvent): void {
    this.sense(e)
    if (this.fingers.has(e.pointerId)) this.fingers.set(e.pointerId, e)
    if (!this.pinch) return e.pointerId === this.holder ? this.gesture?.move?.(e) : undefined
    if (!this.fingers.has(e.pointerId)) return
    const now = this.measure()
    this.onPinch(this.pinch, now)
    this.pinch = now
  }

  private up(e: PointerEvent): void {
    if (this.lift(e) || e.pointerId !== this.holder) return
    const gesture = this.gesture
    this.gesture = null
    gesture?.end?.(e)
  }

  private lost(e: PointerEvent): void {
    if (!this.lift(e) && e.pointerId === this.holder) this.cancel()
  }

  /** A finger goes; a pinch lasts until the last one is gone: one that is left pans on. */
  private lift(e: PointerEvent): boolean {
    const pinching = this.pinch !== null && this.fingers.has(e.pointerId)
    this.fingers.delete(e.pointerId)
    if (pinching) this.pinch = this.fingers.size > 0 ? this.measure() : null
    return pinching
  }

  private measure(): Pinch {
    const [a, b = a] = [...this.fingers.values()].map((e) => this.desk.screen(e)) as [Point, Point?]
    return { middle: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], spread: Math.max(distance(a, b), 1) }
  }
}

/** Text that is edited or read on and buttons do what the browser does, and links what it does with the other mouse buttons. */
function isNative(e: PointerEvent): boolean {
  if (!(e.target instanceof Element) || e.target.closest('.handle')) return false
  const reads = e.pointerType === 'touch' && getComputedStyle(e.target).touchAction === 'pan-y'
  return reads || e.target.closest(e.button > 0 ? `${NATIVE}, a` : NATIVE) !== null
}

function capture(element: HTMLElement, pointer: number): void {
  try {
    element.setPointerCapture(pointer)
  } catch {
    // The pointer is gone already.
  }
}

/** The id of the note that an event is on. */
export function noteOf(e: Event): string | undefined {
  const note = e.target instanceof Element ? e.target.closest<HTMLElement>('.note') : null
  return note?.dataset['id']
}

/** The id of the arrow that an event is on. */
export function connectorOf(e: Event): string | undefined {
  const hit = e.target instanceof Element ? e.target.closest<HTMLElement | SVGElement>('[data-connector]') : null
  return hit?.dataset['connector']
}
