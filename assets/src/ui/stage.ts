// The notes on the page: keeps one element for each note in and near the view,
// and changes only what changed, only in animation frames. What it works with
// is the client's view, plus the places of notes that a hand is moving.

import type { Document } from '../notes/document.ts'
import { isLive, type Note } from '../notes/note.ts'
import { type Desk, SMALL } from './desk.ts'
import { Fit } from './fit.ts'
import { focusQuietly } from './focus.ts'
import type { Frame } from './frame.ts'
import { bounds, grow, holdsRect, meets, type Rect } from './geometry.ts'
import { Grid } from './grid.ts'
import { Hand } from './hand.ts'
import { Layers } from './layers.ts'
import { adoptShown, makeShown, placeNote, type Shown, showNote } from './note-element.ts'
import { Piles } from './piles.ts'
import { showText } from './reading.ts'

const MARGINS = [400, 100] // screen pixels around the view that have elements too; the smaller where there are many
const AT_ONCE = 30 // elements made in a frame
const IN_RUSH = 12 // while the zoom rushes by: the picture shows the rest so long
const MANY = 400 // notes with elements, where there is a choice
const HANDFUL = 8 // notes that may be layers of their own in the hand
const FEW = 100 // more notes than this in view get no elements while the zoom rushes by
const SOON = 20 // ms after which it is looked whether it still does
const CROWD = 500 // more notes in view than this are drawn without elements, where few can be read
const LIFT = 2 ** 30 // layers by which a note in the hand lies above the others, and a frame below them; half of it in the hands of others
const NONE: ReadonlySet<string> = new Set()

export class Stage {
  private readonly shown = new Map<string, Shown>()
  private readonly grid = new Grid()
  private readonly layers = new Layers()
  private readonly dirty = new Set<string>()
  private readonly pins = new Map<string, number>()
  private readonly held = new Map<string, Rect>()
  private readonly lifted = new Set<string>()
  private raised: ReadonlySet<string> = NONE
  private readonly fit: Fit
  private readonly hand: Hand
  private readonly piles: Piles
  private readonly renderers: ((id: string, element: HTMLElement) => void)[] = []
  private readonly painters: ((changed: ReadonlySet<string>) => void)[] = []
  private window: Rect | null = null // what has elements: the view and a margin
  private windowZoom = 0
  private margin = 0 // of the window, in screen pixels
  private used = false // there was a note
  private awaited = 0 // notes in view among those that wait
  private crowded = false // too many and too small for elements of their own
  private later = 0 // elements are put off until the zoom is calm: a timer
  private queue: string[] = [] // notes of the window that still wait for their element

  constructor(
    private readonly doc: () => Document,
    private readonly plane: HTMLElement,
    private readonly desk: Desk,
    private readonly frame: Frame,
  ) {
    this.piles = new Piles(plane)
    this.hand = new Hand(plane, desk, this.piles)
    this.fit = new Fit(frame, () => desk.isMoving)
    desk.onMove(() => this.cullIfLeft())
  }

  /** Takes over the server's elements at once, out of their lists, so that nothing is drawn twice. */
  adopt(): void {
    this.index()
    const inside = this.openWindow()
    for (const element of this.crowded ? [] : this.plane.querySelectorAll<HTMLElement>('.note')) {
      const shown = adoptShown(element)
      const id = element.dataset['id']!
      if (shown && inside.has(id)) this.shown.set(id, shown)
    }
    this.plane.replaceChildren()
    for (const { element } of this.shown.values()) this.piles.free().append(element)
    for (const id of inside) if (this.isWanted(id)) this.render(id)
  }

  /** Whether notes in view have no elements, now or until the next frames: something else must draw them. */
  get isSparse(): boolean {
    return this.crowded || this.awaited > 0
  }

  /** The note as it is, if it is there. */
  note(id: string): Note | undefined {
    const note = this.doc().notes.get(id)
    return isLive(note) && note.kind !== 'connector' ? note : undefined
  }

  /** Where the note is shown: in the hand, or where the view has it. */
  place(id: string): Rect | undefined {
    return this.held.get(id) ?? this.note(id)
  }

  /** Where these notes are shown; those that are gone are left out. */
  places(ids: Iterable<string>): Map<string, Rect> {
    const places = new Map<string, Rect>()
    for (const id of ids) {
      const place = this.place(id)
      if (place) places.set(id, { x: place.x, y: place.y, w: place.w, h: place.h })
    }
    return places
  }

  element(id: string): HTMLElement | undefined {
    return this.shown.get(id)?.element
  }

  /** All that the notes cover, or null on an empty board. */
  extent(): Rect | null {
    return bounds(this.grid.all())
  }

  get size(): number {
    return this.grid.size
  }

  /** Ids from the lowest to the highest. */
  ids(): string[] {
    return this.layers.ids()
  }

  lowest(): Note | undefined {
    return this.note(this.layers.lowest()?.id ?? '')
  }

  highest(): Note | undefined {
    return this.note(this.layers.highest()?.id ?? '')
  }

  /** The one that lies on top of the others. */
  topmost(ids: Iterable<string>): string | undefined {
    let top: string | undefined
    for (const id of ids) if (top === undefined || this.layer(id) > this.layer(top)) top = id
    return top
  }

  /** These, from the lowest to the highest. */
  inOrder(ids: Iterable<string>): string[] {
    return [...ids].map((id) => [this.layer(id), id] as const).sort(([a], [b]) => a - b).map(([, id]) => id)
  }

  /** The notes that touch a part of the board. */
  touching(area: Rect): Set<string> {
    return this.grid.query(area)
  }

  /** Runs for each element that comes onto the page. */
  onRender(fn: (id: string, element: HTMLElement) => void): void {
    this.renderers.push(fn)
    for (const [id, { element }] of this.shown) fn(id, element)
  }

  /** Runs after notes changed on the page; with those that changed on the board. */
  onPaint(fn: (changed: ReadonlySet<string>) => void): void {
    this.painters.push(fn)
  }

  /** Draws these anew in the coming frame. */
  touch(ids: Iterable<string>): void {
    for (const id of ids) this.dirty.add(id)
    this.frame.ask('notes', this.paint)
  }

  /** The document was replaced: compares everything. */
  touchAll(): void {
    this.touch(this.doc().notes.keys())
    this.touch(this.layers.ids())
  }

  /** Shows the note there until it is let go, whatever the view says. */
  hold(id: string, place: Rect): void {
    this.held.set(id, place)
    this.touch([id])
  }

  letGo(ids: Iterable<string>): void {
    for (const id of ids) {
      this.held.delete(id)
      this.touch([id])
    }
  }

  /**
   * Takes notes up above the others, as a layer that moves without being drawn anew,
   * or puts them down. A frame with little in it goes below what it is moved over.
   */
  lift(ids: Iterable<string>, on: boolean): void {
    const all = [...ids]
    const up: HTMLElement[] = []
    const places: Rect[] = []
    for (const id of all) {
      if (on) this.lifted.add(id)
      else this.lifted.delete(id)
      const shown = this.shown.get(id)
      if (!shown) continue
      shown.element.classList.toggle('is-lifted', on)
      shown.element.classList.toggle('is-dropped', !on)
      if (!this.pins.has(id) || !shown.place) continue
      up.push(shown.element)
      places.push(shown.place)
    }
    const box = bounds(places)
    if (!on) this.hand.putDown()
    else if (box && (up.length > HANDFUL || !all.some((id) => this.isFrame(id)))) this.hand.take(up, box)
    this.touch(all)
  }

  /** Shows these above the others, and no more those before, for somebody else has them in hand. */
  raise(ids: ReadonlySet<string>): void {
    const before = this.raised
    this.raised = ids
    this.touch([...before, ...ids])
  }

  /** Keeps the element on the page even out of view, until as many unpins. */
  pin(id: string): void {
    this.pins.set(id, (this.pins.get(id) ?? 0) + 1)
  }

  unpin(id: string): void {
    const n = (this.pins.get(id) ?? 0) - 1
    if (n > 0) this.pins.set(id, n)
    else this.pins.delete(id)
    this.touch([id])
  }

  /** Draws what waits now, for who needs the element at once. */
  flush(): void {
    this.paint()
  }

  /** The text is measured anew, once the frame has drawn it. */
  refit(id: string, text = this.note(id)?.text ?? ''): void {
    const shown = this.shown.get(id)
    if (shown?.place && !shown.note?.kind) this.fit.ask(id, shown, { w: shown.place.w, h: shown.place.h, text })
  }

  /** Hands the box of a note's text to who writes in it; null when it is not on the page. */
  lendText(id: string): HTMLElement | null {
    const shown = this.shown.get(id)
    if (!shown) return null
    shown.written = true
    return shown.text
  }

  /** Takes the box back: it shows the note's text again. */
  takeText(id: string): void {
    const shown = this.shown.get(id)
    if (!shown) return
    shown.written = false
    shown.element.scrollTop = shown.text.scrollTop = 0 // a long text was scrolled while it was written
    showText(shown.text, this.note(id)?.text ?? '')
    this.refit(id)
  }

  refitAll(): void {
    this.fit.reset()
    for (const id of this.shown.keys()) this.refit(id)
  }

  private readonly paint = (): void => {
    if (this.dirty.size === 0) return
    const changed = new Set(this.dirty)
    this.dirty.clear()
    for (const id of changed) this.update(id)
    this.desk.element.toggleAttribute('data-used', this.used ||= this.grid.size > 0)
    for (const fn of this.painters) fn(changed)
  }

  private update(id: string): void {
    const note = this.note(id)
    const place = this.place(id)
    if (!note || !place) return this.forget(id)
    if (this.follows(id, note, place)) return
    this.grid.put(id, place)
    if (this.layers.put(id, note.z)) this.touch(this.shown.keys())
    if (this.isKept(id) || this.isWanted(id)) this.render(id)
    else this.unrender(id)
  }

  /** What has left the view stays until there are too many: with an element that comes or goes the browser looks at all of them. */
  private isKept(id: string): boolean {
    return !this.crowded && this.shown.has(id)
  }

  /** A note in the hand only moves: where it is to be found is noted when it is let go. */
  private follows(id: string, note: Note, place: Rect): boolean {
    const shown = this.shown.get(id)
    if (!this.lifted.has(id) || !this.pins.has(id) || !shown?.place || !shown.note) return false
    if (showNote(shown, note)) this.refit(id)
    if (this.hand.holds(shown.element)) this.hand.move(place.x - shown.place.x, place.y - shown.place.y)
    else placeNote(shown, place, this.layer(id))
    return true
  }

  private layer(id: string): number {
    return this.layers.of(id) + (this.isFrame(id) ? -LIFT : this.lifted.has(id) ? LIFT : this.raised.has(id) ? LIFT / 2 : 0)
  }

  /** Frames have elements at any zoom: they are few, and their names are read from afar. */
  private isFrame(id: string): boolean {
    return this.note(id)?.kind === 'frame'
  }

  private forget(id: string): void {
    this.grid.remove(id)
    this.layers.remove(id)
    this.unrender(id)
  }

  private render(id: string): void {
    const note = this.note(id)
    const place = this.place(id)
    if (!note || !place) return
    let shown = this.shown.get(id)
    const isNew = !shown?.element.isConnected || shown.note === null
    if (!shown) this.shown.set(id, (shown = makeShown(note)))
    const text = showNote(shown, note)
    const size = placeNote(shown, place, this.layer(id))
    if (!shown.element.isConnected) this.piles.free().append(shown.element)
    if (!note.kind && (size || (text && !shown.written))) this.fit.ask(id, shown, { w: place.w, h: place.h, text: note.text })
    if (isNew) for (const fn of this.renderers) fn(id, shown.element)
  }

  private unrender(id: string): void {
    const shown = this.shown.get(id)
    if (!shown) return
    this.fit.forget(id)
    const hadFocus = shown.element.contains(document.activeElement)
    this.shown.delete(id)
    shown.element.remove()
    if (hadFocus) focusQuietly(this.desk.element)
  }

  private isWanted(id: string): boolean {
    if (this.pins.has(id)) return true
    if (this.crowded && !this.isFrame(id)) return false
    const place = this.place(id)
    return place !== undefined && this.window !== null && meets(this.window, place)
  }

  private index(): void {
    const live = this.doc().live().filter((note) => note.kind !== 'connector')
    for (const note of live) this.grid.put(note.id, note)
    this.layers.reset(live)
  }

  /** Nothing is done for a move within half the margin. */
  private cullIfLeft(): void {
    const { camera, visible } = this.desk
    if (this.window && !this.isMuchNearer && holdsRect(this.window, grow(visible, this.margin / 2 / camera.zoom))) return
    this.frame.ask('notes', this.cull)
  }

  /** Than when the window was opened: most of what has an element is out of sight, or all can be read that had none. */
  private get isMuchNearer(): boolean {
    const { zoom } = this.desk.camera
    return zoom / this.windowZoom >= (this.later ? 1.4 : 2) || (this.crowded && zoom >= SMALL)
  }

  private readonly cull = (): void => {
    const { isMuchNearer } = this
    const inside = this.openWindow()
    const missing = [...inside].filter((id) => !this.shown.has(id) && this.isWanted(id))
    this.clear(isMuchNearer || this.crowded ? Infinity : this.shown.size + missing.length - MANY)
    const seen = missing.filter((id) => meets(this.desk.visible, this.grid.rect(id)!))
    const unseen = seen.length === missing.length ? [] : missing.filter((id) => !seen.includes(id))
    // Taken from the end: what is in view comes first.
    this.queue = [...unseen, ...seen]
    this.awaited = seen.length
    this.putOff(this.desk.isRushing && inside.size > FEW)
    this.fill()
  }

  /**
   * Takes away so many elements that are out of the window, those first that came
   * first. Who pans often comes back, so there may be some of them.
   */
  private clear(surplus: number): void {
    for (const id of [...this.shown.keys()]) {
      if (surplus <= 0) return
      if (this.isWanted(id)) continue
      this.unrender(id)
      surplus--
    }
  }

  /** While the zoom rushes by, the picture shows the notes that have no elements. */
  private putOff(on: boolean): void {
    clearTimeout(this.later)
    this.later = on ? window.setTimeout(this.lookAgain, SOON) : 0
    if (on) this.queue = []
  }

  private readonly lookAgain = (): void => {
    if (this.desk.isRushing) this.putOff(true)
    else this.frame.ask('notes', this.cull)
  }

  /** Makes some of the elements that are missing; the rest in the next frames. */
  private readonly fill = (): void => {
    this.paint() // or who hears of this frame would find notes that are gone
    const now = this.queue.splice(this.desk.isRushing ? -IN_RUSH : -AT_ONCE)
    this.awaited = Math.max(this.awaited - now.length, 0)
    for (const id of now) if (this.isWanted(id)) this.render(id)
    for (const fn of this.painters) fn(NONE)
    if (this.queue.length > 0) this.frame.ask('notes', this.fill)
  }

  /** Opens the window around the view and tells what is in it. */
  private openWindow(): Set<string> {
    const { camera: { zoom }, visible } = this.desk
    let inside = new Set<string>()
    for (this.margin of MARGINS) {
      this.window = grow(visible, this.margin / zoom)
      inside = this.grid.query(this.window)
      if (inside.size <= MANY) break
    }
    this.windowZoom = zoom
    this.crowded = zoom < SMALL && inside.size > CROWD
    return inside
  }
}
