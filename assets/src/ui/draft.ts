// The text of the field that somebody writes in, between the field and the
// board's view. What is typed goes to the view; what others type comes from it
// and moves the caret. While an input method composes, the field is left alone:
// what comes then waits. No DOM.

import { apply, type Delta, compose, diff, transform, transformIndex } from '../notes/delta.ts'
import { toPoints, toUnits } from './caret.ts'

/** The field as far as a draft needs it; indices are UTF-16 units. */
export interface Field {
  value: string
  readonly selectionStart: number
  readonly selectionEnd: number
  setSelectionRange(start: number, end: number): void
}

export class Draft {
  /** What the field and the view last agreed on; others' edits that wait are not in it. */
  private base: string
  private waiting: Delta = []
  composing = false

  constructor(
    private readonly field: Field,
    text: string,
    private readonly send: (delta: Delta, pasted: boolean) => string | undefined, // the answer: the view's text after it
  ) {
    this.base = text
    field.value = text
  }

  /** The field changed: sends what was typed, or pasted. */
  typed(pasted = false): void {
    const value = this.field.value
    const local = diff(this.base, value, toPoints(value, this.field.selectionEnd))
    if (local.length === 0) return
    const sent = transform(local, this.waiting, 'second')
    this.waiting = transform(this.waiting, local, 'first')
    this.base = value
    const text = this.send(sent, pasted)
    // What was refused is not in the view, and what is typed next must not read on it.
    if (text !== undefined) this.received(text)
  }

  /**
   * The view changed to `text`. `patch` is the edit that did it, if it is known:
   * it moves the caret better than a comparison.
   */
  received(text: string, patch?: Delta): void {
    const shown = apply(this.waiting, this.base)
    if (shown === text) return
    const delta = patch && leads(patch, shown, text) ? patch : diff(shown, text)
    this.waiting = compose(this.waiting, delta)
    if (!this.composing) this.settle()
  }

  /** An input method is done: what waited is shown now. */
  composed(): void {
    this.composing = false
    this.typed()
    this.settle()
  }

  private settle(): void {
    if (this.waiting.length === 0) return
    const delta = this.waiting
    this.waiting = []
    const { value, selectionStart, selectionEnd } = this.field
    const next = apply(delta, this.base)
    const from = moved(value, selectionStart, delta, next)
    const to = selectionEnd === selectionStart ? from : moved(value, selectionEnd, delta, next)
    this.base = next
    this.field.value = next
    this.field.setSelectionRange(from, to)
  }
}

/** Where a caret stands after the edit; it stays before what others insert at it. */
function moved(before: string, units: number, delta: Delta, after: string): number {
  return toUnits(after, transformIndex(toPoints(before, units), delta, true))
}

function leads(patch: Delta, from: string, to: string): boolean {
  try {
    return apply(patch, from) === to
  } catch {
    return false
  }
}
