// Frames: named areas of the board. What lies in one moves with it, though it
// keeps places of its own; a frame that is deleted leaves its notes.

import { contentOf } from '../notes/frames.ts'
import type { Board } from './board.ts'
import { isLocked, unlocked } from './lock.ts'

/** What lies in those of the notes that are frames: by note the frame, of several the outermost. */
export function carried({ stage, client }: Board, ids: Iterable<string>): Map<string, string> {
  const by = new Map<string, string>()
  const frames = [...ids].flatMap((id) => stage.note(id) ?? []).filter((n) => n.kind === 'frame')
  for (const frame of frames.sort((a, b) => a.w * a.h - b.w * b.h)) {
    for (const n of contentOf(frame, client.view.live())) by.set(n.id, frame.id)
  }
  return by
}

/** What moves with the selection. What is locked stays, and with a locked frame what lies in it; it is told. */
export function moving(board: Board): string[] {
  const { ids } = board.selection
  const free = [...ids].filter((id) => !isLocked(board, id))
  return unlocked(board, new Set([...ids, ...carried(board, free).keys()]))
}
