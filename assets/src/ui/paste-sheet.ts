// Asks before many notes are made of a text: how many, which ones, in what colour.

import style from '../../css/paste.css'
import { colors, maxText } from '../notes/limits.ts'
import { plural, say } from '../say.ts'
import type { Board } from './board.ts'
import { button } from './button.ts'
import { lastColor } from './create.ts'
import { wear } from './later.ts'
import { make } from './page.ts'
import { sheet } from './sheet.ts'
import { closesBeside, returns } from './sheets.ts'
import { type Fitting, fitting, type Way, type Ways } from './ways.ts'
import { capital, shorten } from './words.ts'

const COLUMNS = 4 // of the notes that are shown
const rowsShown = (): number => (innerHeight < 800 ? 2 : 3)
const WORDS = 80 // characters of each

wear(style)

/** Runs `then` with what was chosen; not at all when the sheet is left otherwise. */
export function askHow(board: Board, { from, ways }: Ways, room: number, then: (chosen: Fitting, color: string) => void): void {
  const dialog = sheet('paste-dialog', '')
  const title = dialog.querySelector('h2')!
  const [form, preview, notice] = [make('form', 'paste'), make('div', 'paste-preview'), make('p', 'paste-notice')]
  const ok = make('button', 'button primary')
  form.method = 'dialog'
  preview.setAttribute('aria-hidden', 'true') // the title says it in words
  notice.setAttribute('role', 'status')
  ok.autofocus = true
  let [way, color] = [ways[0] as Way, lastColor()]
  const show = (): void => {
    const fits = fitting(way, room)
    title.textContent = titled(fits.texts.length, from)
    preview.replaceChildren(...shown(fits, color))
    preview.style.gridTemplateColumns = `repeat(${columnsOf(fits)}, minmax(0, 1fr))`
    notice.replaceChildren(...notices(fits, room).map((words) => make('span', '', words)))
    ok.textContent = plural(fits.texts.length, 'Make {n} note', 'Make {n} notes')
  }
  form.append(
    choice(say('How'), 'paste-ways', ways.map((w) => w.name), ways.indexOf(way), (i) => (way = ways[i]!), show),
    preview, notice,
    choice(say('Colour'), 'paste-colors', colors, colors.indexOf(color as never), (i) => (color = colors[i]!), show),
    actions(ok, dialog),
  )
  form.addEventListener('submit', () => then(fitting(way, room), color))
  show()
  dialog.append(form)
  closesBeside(dialog)
  returns(board, dialog)
  dialog.showModal()
}

function titled(n: number, from: string): string {
  return plural(n, 'One note {from}', '{n} notes {from}', { from })
}

/** As many as there are, but papers that are not too large. */
function columnsOf({ slots }: Fitting): number {
  return Math.min(COLUMNS, Math.max(3, ...slots.slice(0, 100).map(({ column }) => column + 1)))
}

/** The first of the notes, small and as they will lie. */
function shown({ texts, slots }: Fitting, color: string): HTMLElement[] {
  const [out, rows]: [HTMLElement[], number] = [[], rowsShown()]
  slots.forEach(({ column, row }, i) => {
    if (column >= COLUMNS || row >= rows) return
    const paper = make('div', 'paste-note', shorten(texts[i]!.slice(0, 2 * WORDS), WORDS))
    paper.dataset['color'] = color
    paper.dir = 'auto'
    paper.style.gridArea = `${row + 1} / ${column + 1}`
    out.push(paper)
  })
  if (out.length < texts.length) out.push(make('p', 'paste-more', plural(texts.length - out.length, 'and one more', 'and {n} more')))
  return out
}

function notices({ left, short }: Fitting, room: number): string[] {
  const out: string[] = []
  if (short > 0) out.push(plural(short, 'A note holds {most} characters: one text is cut short.', 'A note holds {most} characters: {n} texts are cut short.', { most: maxText }))
  if (left > 0) out.push(say('There is room for {room} notes: {left} are left out.', { room, left }))
  if (out.length > 0) out.push(say('All of it stays on your clipboard.'))
  return out
}

/** Radio buttons, if there is something to choose. */
function choice(
  title: string, name: string, names: readonly string[], chosen: number, choose: (index: number) => void, show: () => void,
): HTMLElement | string {
  if (names.length < 2) return ''
  const set = make('fieldset', name)
  set.append(make('legend', 'visually-hidden', title))
  names.forEach((words, i) => {
    const [label, radio] = [make('label', ''), make('input', '')]
    Object.assign(radio, { type: 'radio', name, value: String(i), checked: i === chosen })
    radio.addEventListener('change', () => (choose(i), show()))
    label.append(radio, make('span', '', name === 'paste-colors' ? '' : words))
    if (name === 'paste-colors') {
      label.dataset['color'] = label.title = words
      radio.setAttribute('aria-label', capital(words))
    }
    set.append(label)
  })
  return set
}

function actions(ok: HTMLElement, dialog: HTMLDialogElement): HTMLElement {
  const row = make('p', 'dialog-actions')
  row.append(button(say('Cancel'), () => dialog.close()), ok)
  return row
}
