// What a printer gets: the board's name, a map of where its notes lie, and then
// every text whole and in the order of reading, by frames. The elements on the
// screen would not do: there is one only for each note near the view.

import style from '../../css/print.css'
import { outline, type Section } from '../notes/frames.ts'
import type { Note } from '../notes/note.ts'
import { plural, say } from '../say.ts'
import { called } from './arrow-name.ts'
import type { Board } from './board.ts'
import { readPapers } from './far.ts'
import { bounds, grow, type Rect } from './geometry.ts'
import { wear } from './later.ts'
import { frameName } from './listing.ts'
import { make } from './page.ts'
import { colorName } from './words.ts'

wear(style)

export function printing(board: Board): void {
  let sheet: HTMLElement | null = null
  window.addEventListener('beforeprint', () => {
    sheet?.remove()
    document.body.append((sheet = sheetOf(board)))
  })
  window.addEventListener('afterprint', () => sheet?.remove())
  board.actions.add({ id: 'print', title: say('Print'), group: 'board', also: say('paper pdf'), run: () => window.print() })
}

function sheetOf(board: Board): HTMLElement {
  const notes = board.client.view.live()
  const sections = outline(notes).filter(({ frame, notes: held }) => frame || held.length > 0)
  const sheet = make('section', '')
  sheet.id = 'print'
  const papers = onPaper(() => readPapers(board.page.plane))
  const numbers = new Map(sections.flatMap((s) => s.notes).map((note, i) => [note.id, i + 1]))
  sheet.append(
    make('h1', '', board.client.view.board.name || say('Untitled board')),
    make('p', 'print-count', plural(numbers.size, '{n} note', '{n} notes')),
  )
  sheet.append(...mapOf(notes, papers, numbers))
  const [loose, framed] = [sections.filter((s) => !s.frame), sections.filter((s) => s.frame)]
  const page = (section: Section): HTMLElement => pageOf(section, sections.length > 1, papers, numbers)
  sheet.append(...loose.map(page), ...connections(notes), ...framed.map(page))
  return sheet
}

/** A frame has a page of its own, with those that lie in it; what lies in no frame follows the board's map. */
function pageOf({ frame, depth, notes }: Section, isTitled: boolean, papers: ReadonlyMap<string, string>, numbers: ReadonlyMap<string, number>): HTMLElement {
  const page = make('section', frame && depth === 0 ? 'print-page' : '')
  if (frame || isTitled) page.append(make(depth > 0 ? 'h3' : 'h2', '', frame ? frameName(frame) : say('In no frame')))
  if (frame) page.append(...mapOf(notes, papers, numbers))
  page.append(listOf(notes, papers, numbers))
  return page
}

/** Paper is white, whatever the screen is. */
function onPaper<T>(read: () => T): T {
  const { dataset } = document.documentElement
  const theme = dataset['theme']
  dataset['theme'] = 'light'
  const answer = read()
  if (theme === undefined) delete dataset['theme']
  else dataset['theme'] = theme
  return answer
}

function listOf(notes: readonly Note[], papers: ReadonlyMap<string, string>, numbers: ReadonlyMap<string, number>): HTMLElement {
  const list = make('ol', '')
  for (const note of notes) {
    const item = make('li', '')
    item.style.borderColor = papers.get(note.color) ?? 'gray'
    const text = make('p', 'print-text', note.text || note.alt || say('empty'))
    text.dir = 'auto'
    const by = [`${numbers.get(note.id)}`, colorName(note.color), note.author.name].filter(Boolean).join(' · ')
    item.append(text, make('p', 'print-by', note.link ? `${by} · ${note.link}` : by))
    list.append(item)
  }
  return list
}

/** What lies where, with the numbers that the texts have below. */
function mapOf(notes: readonly Note[], papers: ReadonlyMap<string, string>, numbers: ReadonlyMap<string, number>): SVGElement[] {
  const placed = notes.filter((n) => n.kind !== 'connector')
  const extent = bounds(placed)
  if (!extent || placed.length < 2) return []
  const area = grow(extent, 20)
  const map = svg('svg', { class: 'print-map', viewBox: [area.x, area.y, area.w, area.h].join(' '), 'aria-hidden': 'true' })
  for (const note of placed) {
    map.append(svg('rect', { ...box(note), fill: note.kind ? 'none' : papers.get(note.color) ?? 'gray', stroke: '#8b8f98', 'stroke-width': `${area.w / 1500}` }))
    const n = numbers.get(note.id)
    if (n !== undefined) map.append(numberOf(n, note))
  }
  return [map]
}

function numberOf(n: number, { x, y, w, h, color }: Note): SVGElement {
  const fill = color === 'graphite' ? '#ffffff' : '#1d1f23'
  const size = Math.min(w, h) * 0.4
  const text = svg('text', { x: `${x + w / 2}`, y: `${y + h / 2 + size * 0.36}`, 'text-anchor': 'middle', 'font-size': `${size}`, fill })
  text.textContent = String(n)
  return text
}

function box({ x, y, w, h }: Rect): Record<string, string> {
  return { x: `${x}`, y: `${y}`, width: `${w}`, height: `${h}` }
}

function svg(name: string, attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  return element
}

/** Arrows in words; those without an end that is there are shown nowhere. */
function connections(notes: readonly Note[]): HTMLElement[] {
  const byId = new Map(notes.map((n) => [n.id, n]))
  const lines = notes.flatMap(({ kind, from, to, text }) => {
    const [a, b] = [byId.get(from ?? ''), byId.get(to ?? '')]
    return kind === 'connector' && a && b ? `${called(a)} → ${called(b)}${text ? `: ${text}` : ''}` : []
  })
  if (lines.length === 0) return []
  const list = make('ul', 'print-arrows')
  list.append(...lines.map((words) => make('li', '', words)))
  return [make('h2', '', say('Arrows')), list]
}
