// Keys that are pressed while what was asked for is still on its way. Who presses
// Ctrl+F and writes on means the field that opens: the presses wait, and happen
// again in their order when it is there. A pointer may turn to something else
// meanwhile: keys that are pressed after that are meant for it, and wait no more;
// those that wait are still meant for what was selected before. Only behind a letter
// it waits itself, since that may take the tool for it.

import type { Selection } from './selection.ts'

type Held = KeyboardEvent | ClipboardEvent

export class HeldKeys {
  private readonly held: (Held | (() => void))[] = []
  private readonly coming = new Set<Promise<boolean>>()
  private turned = false
  private hadTurned = false // before the last press
  private selected: ReadonlySet<string> = new Set() // when the waiting began

  /** `isOurs` tells a press with Ctrl or Alt that is not the browser's. */
  constructor(
    private readonly selection: Selection,
    private readonly isOurs: (e: KeyboardEvent) => boolean,
  ) {
    for (const type of ['keydown', 'keyup', 'paste'] as const) window.addEventListener(type, (e) => this.take(e), true)
    window.addEventListener('pointerdown', () => {
      this.hadTurned = this.turned
      this.turned = true
    }, true)
  }

  /** Does what a pointer was just pressed for in its turn, if a letter waits, and keeps the keys after it waiting. False: it need not wait. */
  behind(deed: () => void): boolean {
    if (this.coming.size === 0 || !this.held.some(isLetter)) return false
    this.turned = this.hadTurned
    this.held.push(deed)
    return true
  }

  /** Keys wait for this from now on; `again` is the press that asked for it, if that itself waits. What never came is not typed to. */
  until(there: Promise<boolean>, again?: KeyboardEvent): void {
    if (this.coming.size === 0) {
      this.turned = false
      this.selected = this.selection.ids
    }
    if (again) this.held.push(anew(again))
    this.coming.add(there)
    let came = false
    void there.then((c) => (came = c)).finally(() => {
      this.coming.delete(there)
      if (!came) this.held.length = 0
      if (this.turned) this.asItWas(() => this.release())
      else this.release()
    })
  }

  private release(): void {
    while (this.coming.size === 0 && this.held.length > 0) happen(this.held.shift()!)
  }

  private asItWas(deed: () => void): void {
    if (this.held.length === 0) return
    const { selection, selected } = this
    const now = selection.ids
    selection.set(selected)
    deed()
    selection.set(now)
  }

  private take(e: Held): void {
    const waits = this.coming.size > 0 && !this.turned && e.isTrusted
    if (!waits || (e instanceof KeyboardEvent && (e.isComposing || !(isPlain(e) || this.isOurs(e))))) return
    e.preventDefault()
    e.stopImmediatePropagation()
    this.held.push(anew(e))
  }
}

/** What browsers leave to pages: neither a function key nor anything with Ctrl or Alt. */
function isPlain(e: KeyboardEvent): boolean {
  return !(e.ctrlKey || e.metaKey || e.altKey || /^F\d/.test(e.key))
}

/** The same event, to be dispatched. */
export function anew<E extends Held>(e: E): E
export function anew(e: Held): Held {
  if (e instanceof KeyboardEvent) return new KeyboardEvent(e.type, e)
  return new ClipboardEvent(e.type, { bubbles: true, cancelable: true, clipboardData: kept(e.clipboardData) })
}

/** What an event brought is gone when it is over: this stays. */
export function kept(data: DataTransfer | null): DataTransfer {
  const kept = new DataTransfer()
  for (const type of data?.types ?? []) if (type !== 'Files') kept.setData(type, data!.getData(type))
  for (const file of data?.files ?? []) kept.items.add(file)
  return kept
}

function isLetter(e: Held | (() => void)): boolean {
  return e instanceof KeyboardEvent && isPlain(e) && e.key.length === 1
}

function happen(e: Held | (() => void)): void {
  if (typeof e === 'function') return e()
  const target = document.activeElement ?? document.body
  if (!target.dispatchEvent(e) || e.type === 'keyup') return
  if (e instanceof ClipboardEvent) insert(e.clipboardData!.getData('text/plain'))
  else press(e)
}

/** What a browser does with a press that nobody wanted: of that, what one may mean by keys pressed ahead. */
function press(e: KeyboardEvent): void {
  const { key } = e
  const target = document.activeElement
  if (key === 'Escape') document.querySelector<HTMLDialogElement>('dialog[open]')?.close()
  else if (key === 'Backspace') document.execCommand('delete')
  else if (target instanceof HTMLButtonElement && (key === 'Enter' || key === ' ')) target.click()
  else if (target instanceof HTMLTextAreaElement && key === 'Enter') insert('\n')
  else if ([...key].length === 1 && isPlain(e)) insert(key)
}

/** Types where the caret is; elsewhere it does nothing. */
function insert(text: string): void {
  document.execCommand('insertText', false, text)
}
