// The question for a person's name and colour: asked once, kept by the server and
// in this browser.

import style from '../../css/introduce.css'
import { say } from '../say.ts'
import type { Board } from './board.ts'
import { freeColor } from './free-color.ts'
import { wear } from './later.ts'
import { choose } from './look.ts'
import type { Kept } from './me.ts'
import { part } from './page.ts'
import { closesBeside, goBack, returns } from './sheets.ts'

const KEPT = 'corkboard me'
const PATIENCE = 10_000 // ms, while keys wait

/** Opens the question. */
export function ask(board: Board): void {
  const { form, dialog } = question(board)
  if (form && dialog && !dialog.open) dialog.showModal()
}

/** Asks for the first time; whoever told this browser before is not asked again. */
export function introduce(board: Board): void {
  const { form, dialog } = question(board)
  if (!form || !dialog) return
  const kept = recall()
  if (kept) {
    fill(form, kept)
    void save(board, form)
  } else if (!wasAsked()) {
    ask(board)
    proposeColor(board, form, dialog)
  }
}

let listens = false

function question(board: Board): { form: HTMLFormElement | null; dialog: HTMLDialogElement | null } {
  const form = part('me-form', HTMLFormElement)
  const dialog = part('me-dialog', HTMLDialogElement)
  if (!form || !dialog || listens) return { form, dialog }
  listens = true
  wear(style)
  closesBeside(dialog)
  returns(board, dialog)
  document.getElementById('look')?.addEventListener('change', choose)
  form.addEventListener('submit', (e) => {
    e.preventDefault()
    board.actions.onComing(said(board, form, dialog)) // what is pressed right behind Enter is meant for the board
  })
  return { form, dialog }
}

async function said(board: Board, form: HTMLFormElement, dialog: HTMLDialogElement): Promise<boolean> {
  const ok = await save(board, form)
  if (ok) {
    dialog.close()
    goBack(board, dialog)
  }
  return ok
}

/** Who is asked for the first time is offered a colour that nobody here has, until they choose one. */
function proposeColor(board: Board, form: HTMLFormElement, dialog: HTMLDialogElement): void {
  const radios = form.elements.namedItem('color')
  const me = board.me.who
  if (!(radios instanceof RadioNodeList) || !me) return
  const { roster } = board.client
  const stop = roster.onChange(() => {
    const others = [...roster.peers.values()].filter((p) => p.user !== me.id)
    radios.value = String(freeColor(me.color, new Set(others.map((p) => p.color)), radios.length))
  })
  for (const end of ['change', 'submit']) form.addEventListener(end, (e) => e.target !== form.elements.namedItem('name') && stop())
  dialog.addEventListener('close', stop)
}

async function save(board: Board, form: HTMLFormElement): Promise<boolean> {
  const data = new FormData(form)
  const kept = { name: String(data.get('name') ?? '').trim(), color: Number(data.get('color') ?? 0) }
  if (!kept.name) return false
  if (!(await post(form.action, kept))) {
    board.toasts.show(say('Your name could not be saved. Try again in a moment.'), { key: 'me' })
    return false
  }
  keep(kept)
  board.me.become(kept)
  return true
}

async function post(url: string, { name, color }: Kept): Promise<boolean> {
  try {
    const body = new URLSearchParams({ name, color: String(color) })
    return (await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(PATIENCE) })).ok
  } catch {
    return false
  }
}

function fill(form: HTMLFormElement, { name, color }: Kept): void {
  const field = form.elements.namedItem('name')
  if (field instanceof HTMLInputElement) field.value = name
  const radios = form.elements.namedItem('color')
  if (radios instanceof RadioNodeList) radios.value = String(color)
}

function keep(kept: Kept): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept))
  } catch {
    // Storage is off; the server knows the name.
  }
}

function recall(): Kept | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Kept | null
    return kept && typeof kept.name === 'string' && kept.name ? kept : null
  } catch {
    return null
  }
}

/** Who closed the question once is not asked again in this tab. */
function wasAsked(): boolean {
  try {
    const asked = sessionStorage.getItem(KEPT) !== null
    sessionStorage.setItem(KEPT, 'asked')
    return asked
  } catch {
    return false
  }
}
