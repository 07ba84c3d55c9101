// Writing in a note: a text field lies over the note's text and grows with it.

import { type Delta, length } from '../notes/delta.ts'
import { maxText } from '../notes/limits.ts'
import type { Note } from '../notes/note.ts'
import { say } from '../say.ts'
import { colorName } from './words.ts'
import type { Client } from './board.ts'
import { clean, cut, toPoints, toUnits } from './caret.ts'
import { Draft } from './draft.ts'
import { make } from './page.ts'
import { markList } from './reading.ts'
import type { Stage } from './stage.ts'
import type { Toasts } from './toasts.ts'

/** Where the caret begins: all selected, at the end, or at a UTF-16 index. */
export type CaretStart = 'all' | 'end' | number

interface Writing {
  readonly id: string
  readonly field: HTMLTextAreaElement
  readonly mirror: HTMLElement // the same words unseen: they give the field its size
  readonly draft: Draft
  note: Note // as it was last seen, for when it is deleted
}

export class Editor {
  /** Notes that their text has made higher: how high they were before, and are now. */
  readonly grown = new Map<string, { readonly from: number; readonly to: number }>()
  private writing: Writing | null = null
  private elsewhere = (_id: string): unknown => undefined
  private readonly listeners: ((id: string | null, before: string | null) => void)[] = []
  private readonly typists: ((id: string) => void)[] = []

  constructor(
    private readonly client: Client,
    private readonly stage: Stage,
    private readonly toasts: Toasts,
    private readonly mayWrite: (id: string) => boolean,
  ) {}

  /** The note being written in. */
  get id(): string | null {
    return this.writing?.id ?? null
  }

  get composing(): boolean {
    return this.writing?.draft.composing ?? false
  }

  /** The words in the field, and the note they were for. */
  get words(): { note: Note; text: string } | null {
    return this.writing && { note: this.writing.note, text: this.writing.field.value }
  }

  onChange(fn: (id: string | null, before: string | null) => void): void {
    this.listeners.push(fn)
  }

  /** Runs after each edit that was typed here. */
  onTyped(fn: (id: string) => void): void {
    this.typists.push(fn)
  }

  /** For what has its text somewhere else than in a note's box. */
  onElsewhere(fn: (id: string) => unknown): void {
    this.elsewhere = fn
  }

  begin(id: string, caret: CaretStart = 'end'): void {
    if (this.writing?.id === id || !this.mayWrite(id)) return
    this.end(false)
    this.stage.pin(id)
    this.stage.flush()
    const note = this.stage.note(id)
    const box = note && this.stage.lendText(id)
    if (!box) {
      this.stage.unpin(id)
      return void this.elsewhere(id)
    }
    const [field, mirror] = [makeField(note), makeMirror()]
    const draft = new Draft(field, note.text, (delta, pasted) => this.sent(id, delta, pasted))
    this.writing = { id, field, mirror, draft, note }
    this.listen(this.writing)
    this.stage.element(id)?.classList.add('is-editing')
    box.replaceChildren(mirror, field)
    this.reflect(this.writing)
    placeCaret(field, caret)
    this.tell(id, null)
  }

  /** Stops writing; the focus goes to the note unless it went elsewhere already. */
  end(focusNote = true): void {
    const w = this.writing
    if (!w) return
    if (w.draft.composing) w.draft.composed()
    this.writing = null
    const element = this.stage.element(w.id)
    if (focusNote && document.activeElement === w.field) element?.focus({ preventScroll: true })
    element?.classList.remove('is-editing')
    this.stage.takeText(w.id)
    this.stage.unpin(w.id)
    this.tell(null, w.id)
  }

  /** The view changed: the field follows. */
  follow(patches: readonly { note: string; delta: (number | string)[] }[]): void {
    const w = this.writing
    const note = w && this.stage.note(w.id)
    if (!w || !note) return
    w.note = note
    const own = patches.filter((p) => p.note === w.id)
    w.draft.received(note.text, own.length === 1 ? own[0]!.delta : undefined)
    this.reflect(w)
  }

  /** The mirror follows the field in the same frame, or the field would scroll for a moment. */
  private reflect({ id, field, mirror }: Writing): void {
    // A line break at the end has no height of its own.
    const words = `${field.value}\u200b`
    if (mirror.textContent === words) return
    mirror.textContent = words
    markList(mirror.parentElement!, field.value)
    this.stage.refit(id, field.value)
  }

  private sent(id: string, delta: Delta, pasted: boolean): string | undefined {
    this.client.text(id, delta, pasted)
    for (const fn of this.typists) fn(id)
    return this.client.view.note(id)?.text
  }

  private tell(id: string | null, before: string | null): void {
    this.client.presence.editing(id)
    for (const fn of this.listeners) fn(id, before)
  }

  private listen(w: Writing): void {
    const { field, draft } = w
    field.addEventListener('compositionstart', () => (draft.composing = true))
    field.addEventListener('compositionend', () => {
      this.guard(w)
      draft.composed()
      this.reflect(w)
    })
    field.addEventListener('input', () => {
      if (!draft.composing) this.guard(w)
      draft.typed()
      this.reflect(w)
    })
    field.addEventListener('beforeinput', (e) => {
      this.history(e)
      this.title(e, w)
    })
    field.addEventListener('paste', (e) => this.paste(e, w))
    field.addEventListener('blur', () => {
      // Another window is not another place on this page.
      if (this.writing === w && document.hasFocus()) this.end(false)
    })
  }

  /** The browser's own undo knows nothing of what others wrote; ours does. */
  private history(e: InputEvent): void {
    if (e.inputType !== 'historyUndo' && e.inputType !== 'historyRedo') return
    e.preventDefault()
    if (e.inputType === 'historyUndo') this.client.undo()
    else this.client.redo()
  }

  /** The name of a frame is one line: a new one ends it. */
  private title(e: InputEvent, { note, draft }: Writing): void {
    if (e.inputType !== 'insertLineBreak' || note.kind !== 'frame' || draft.composing) return
    e.preventDefault()
    this.end()
  }

  private paste(e: ClipboardEvent, w: Writing): void {
    const words = clean(e.clipboardData?.getData('text/plain') ?? '')
    const text = w.note.kind === 'frame' ? words.replace(/\s*\n\s*/g, ' ') : words
    e.preventDefault()
    if (!text) return
    if (this.put(w, text, w.field.selectionStart, w.field.selectionEnd, true)) return
    this.tellLimit(say('A note holds at most {n} characters. All that you pasted is still on your clipboard.', { n: maxText }))
  }

  /** Types for the person: puts words in place of what stands between two UTF-16 indices. */
  type(text: string, from: number, to: number): void {
    if (this.writing && !this.put(this.writing, text, from, to)) this.tellLimit()
  }

  /** As far as there is room; tells whether that was all. */
  private put(w: Writing, text: string, from: number, to: number, pasted = false): boolean {
    const { field, draft } = w
    const room = maxText - length(field.value) + length(field.value.slice(from, to))
    const fits = cut(text, room)
    field.setRangeText(fits, from, to, 'end')
    draft.typed(pasted)
    this.reflect(w)
    return fits === text
  }

  /** Takes out what may not stand in a note, and what is too much. */
  private guard({ field }: Writing): void {
    const value = clean(field.value)
    const over = length(value) - maxText
    if (value === field.value && over <= 0) return
    const caret = toPoints(value, Math.min(field.selectionEnd, value.length))
    if (over > 0) this.tellLimit()
    // Too much was put in before the caret: that is where it goes out again.
    const keep = over > 0 ? Math.max(caret - over, 0) : caret
    const rest = over > 0 ? value.slice(toUnits(value, keep + over)) : value.slice(toUnits(value, caret))
    const head = value.slice(0, toUnits(value, keep))
    field.value = head + rest
    field.setSelectionRange(head.length, head.length)
  }

  private tellLimit(words = say('A note holds at most {n} characters.', { n: maxText })): void {
    this.toasts.show(words, { key: 'limit' })
  }
}

function makeField(note: Note): HTMLTextAreaElement {
  const field = make('textarea', 'note-field')
  field.dir = 'auto'
  field.translate = false
  field.rows = 1
  field.spellcheck = true
  field.setAttribute('aria-label', say('Text of the {color} note', { color: colorName(note.color) }))
  field.setAttribute('enterkeyhint', 'enter')
  return field
}

function makeMirror(): HTMLElement {
  const mirror = make('div', 'note-mirror')
  mirror.translate = false
  return mirror
}

function placeCaret(field: HTMLTextAreaElement, caret: CaretStart): void {
  field.focus({ preventScroll: true })
  const end = field.value.length
  if (caret === 'all') field.setSelectionRange(0, end)
  else field.setSelectionRange(caret === 'end' ? end : caret, caret === 'end' ? end : caret)
}
