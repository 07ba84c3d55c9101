// Showing what is selected, selecting by keys, and telling others.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { open } from './create.ts'
import { focusedNote, focusQuietly, shownFocus } from './focus.ts'
import { isLocked } from './lock.ts'
import { connectorOf } from './pointer.ts'
import { toggleWhole } from './whole.ts'

export function selecting(board: Board): void {
  const { selection, stage } = board
  selection.onChange((now, before) => {
    for (const id of before) if (!now.has(id)) unmark(stage.element(id))
    for (const id of now) stage.element(id)?.classList.add('is-selected')
    board.client.presence.selection([...now])
  })
  stage.onRender((id, element) => element.classList.toggle('is-selected', selection.has(id)))
  board.keys.onTyped((e) => typeInto(board, e))
  board.keys.onTyped((e) => e.key === 'Escape' && board.pointer.cancel()) // while Shift or Alt is held for the gesture
  board.keys.onText(meantForNote(board))
  space(board)
  declare(board)
}

function declare(board: Board): void {
  const target = writable(board)
  const shared = { group: 'selecting' } as const
  board.actions.add(
    { id: 'note.write', title: say('Write in the note'), group: 'notes', keys: 'Enter F2', where: 'board', edits: true,
      ways: [say('any letter')], enabled: () => target() !== undefined, run: () => open(board, target()!) },
    { ...shared, id: 'tool.select', title: say('Select'), keys: 'V', run: () => board.tool.choose('select') },
    { ...shared, id: 'select.more', title: say('Add to the selection'), ways: [say('Shift+click')] },
    { ...shared, id: 'select.focused', title: say('Select the note in focus'), ways: [say('Space')] },
    { ...shared, id: 'select.area', title: say('Select an area'), edits: true, ways: [say('Drag on the desk')] },
    { ...shared, id: 'select.all', title: say('Select all'), keys: 'Ctrl+A', enabled: () => board.stage.size > 0, run: () => selectAll(board) },
    { ...shared, id: 'select.none', title: say('Select nothing'), keys: 'Escape', run: () => escape(board) },
    { id: 'tool.hand', title: say('Move around'), group: 'looking', keys: 'H', ways: [say('hold Space')], run: () => board.tool.choose('hand') },
  )
}

/** The note that Enter writes in: selected or in focus, whichever came last. To a copy or an arrow the selection goes without the focus. */
function writable(board: Board): () => string | undefined {
  const { selection, page } = board
  let isFocusNewer = false
  selection.onChange(() => (isFocusNewer = false))
  page.desk.addEventListener('focusin', () => (isFocusNewer = true))
  return () => (isFocusNewer && focusedNote(board)) || selection.only || focusedNote(board)
}

/** A long text that was read on goes back to its beginning. */
function unmark(element: HTMLElement | undefined): void {
  element?.classList.remove('is-selected')
  element?.querySelector(':scope > .note-text')?.scrollTo(0, 0)
}

function selectAll(board: Board): void {
  board.stage.flush() // what came since the last frame too
  board.selection.set(board.stage.ids().filter((id) => !isLocked(board, id)))
}

/** One step back at a time: the gesture, the selection, the hand tool, the focus; an embed gives the focus away. */
function escape(board: Board): void {
  if (board.pointer.cancel()) return
  if (!['select', 'hand'].includes(board.tool.current)) return board.tool.choose('select')
  if (board.selection.size > 0) return board.selection.clear()
  if (board.tool.current === 'hand') return board.tool.choose('select')
  if (board.mode === 'board') focusQuietly(board.page.desk)
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
}

/** What is typed with one note selected is written into it. */
function typeInto(board: Board, e: KeyboardEvent): boolean {
  const id = board.selection.only
  if (!id || !isTyped(e) || e.key === ' ' || board.pointer.busy) return false
  board.editor.begin(id)
  // The press itself goes on into the field, which has the focus now.
  return false
}

function isTyped(e: KeyboardEvent): boolean {
  return [...e.key].length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey
}

/**
 * A letter is meant for the one note that is selected, or for the arrow that was clicked,
 * not for a shortcut: "nice" begins with N. Who has just stopped writing in that note, or
 * drawn that arrow, goes on with shortcuts.
 */
function meantForNote(board: Board): (e: KeyboardEvent) => boolean {
  const { selection, editor, client, page } = board
  let left: string | null = null
  let arrow: string | undefined
  editor.onChange((_, before) => (left = before))
  selection.onChange(() => (left = null))
  page.desk.addEventListener('pointerdown', (e) => {
    left = null
    arrow = connectorOf(e)
  })
  return (e) => {
    const note = client.view.note(selection.only ?? '')
    return note !== undefined && note.id !== left && (!note.kind || note.id === arrow) && !note.locked && board.canEdit() && isTyped(e) && /\p{L}/u.test(e.key)
  }
}

function toggle(board: Board, id: string): void {
  // Said first: how many are selected then is told after it.
  board.announcer.now(board.selection.has(id) ? say('Not selected') : say('Selected'))
  toggleWhole(board, id)
}

/** Space held lends the hand; tapped on a note reached by keys, it selects. */
function space(board: Board): void {
  let moved = false
  board.keys.onTyped((e) => {
    if (e.key !== ' ') return false
    if (!e.repeat) moved = false
    board.tool.lend(true)
    return true
  })
  board.page.desk.addEventListener('pointerdown', () => (moved = true))
  document.addEventListener('keyup', (e) => {
    if (e.key !== ' ' || board.tool.lent === false) return
    board.tool.lend(false)
    const id = shownFocus(board)
    if (!moved && id) toggle(board, id)
  })
  window.addEventListener('blur', () => board.tool.lend(false))
}
