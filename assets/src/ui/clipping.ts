// Pasting and dropping, and all that the clipboard does by its name.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { addPictures, choosePictures } from './adding.ts'
import { toBoard } from './camera.ts'
import { TYPE } from './forms.ts'
import type { Point } from './geometry.ts'
import { type Load, paste } from './paste.ts'

/** Answers with what takes the events of the clipboard and of what is dragged. */
export function clipping(board: Board): (e: ClipboardEvent | DragEvent, plain: boolean) => void {
  if (board.mode === 'board') declare(board)
  return (e, plain) => {
    if (e instanceof DragEvent) return dropped(board, e)
    e.preventDefault()
    take(board, { ...contentOf(e.clipboardData!), plain })
  }
}

/** The keys are the browser's: what they do comes as an event. Without a key the deed is done here. */
function declare(board: Board): void {
  const asEvent = (type: string) => (e?: KeyboardEvent): boolean => !e && document.execCommand(type)
  const asked = (plain: boolean) => (e?: KeyboardEvent, at?: Point): boolean => {
    if (!e) void pasteAsked(board, plain, at)
    return !e
  }
  board.actions.add(
    { id: 'clipboard.copy', title: say('Copy'), group: 'notes', keys: 'Ctrl+C', run: asEvent('copy') },
    { id: 'clipboard.cut', title: say('Cut'), group: 'notes', keys: 'Ctrl+X', edits: true, run: asEvent('cut') },
    { id: 'clipboard.paste', title: say('Paste'), group: 'notes', keys: 'Ctrl+V', edits: true, also: say('insert clipboard'), run: asked(false) },
    { id: 'clipboard.plain', title: say('Paste as one note'), group: 'notes', keys: 'Ctrl+Shift+V', edits: true, also: say('plain text'),
      run: asked(true) },
    { id: 'picture.add', title: say('Add a picture…'), group: 'notes', edits: true, also: say('image photo upload'), ways: [say('drop or paste it')],
      run: (_, at) => choosePictures((files) => void addPictures(board, files, at ?? toBoard(board.desk.camera, board.desk.middle()))) },
  )
}

function dropped(board: Board, e: DragEvent): void {
  e.preventDefault() // or the browser would leave the board for what is dropped on it
  if (e.type === 'drop') take(board, { ...contentOf(e.dataTransfer!), at: board.desk.board(e) })
}

function contentOf(data: DataTransfer): Load {
  return { own: data.getData(TYPE), html: data.getData('text/html'), text: data.getData('text/plain'), files: [...data.files] }
}

function take(board: Board, load: Load): void {
  if (board.canEdit()) return paste(board, load)
  board.toasts.show(say('You can look at this board, but not change it.'), { key: 'paste' })
}

/** Pastes without an event: then the browser may ask whether it may. */
async function pasteAsked(board: Board, plain: boolean, at: Point | undefined): Promise<void> {
  try {
    const [item] = await navigator.clipboard.read()
    const read = async (type: string): Promise<string> => (item?.types.includes(type) ? (await item.getType(type)).text() : '')
    take(board, { own: '', html: await read('text/html'), text: await read('text/plain'), files: [], plain, ...(at && { at }) })
  } catch {
    const key = plain ? 'Ctrl+Shift+V' : 'Ctrl+V'
    board.toasts.show(say('This browser keeps its clipboard to itself. Press {key} instead.', { key }), { key: 'paste' })
  }
}
