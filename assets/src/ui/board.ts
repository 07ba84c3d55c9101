// What the behaviours of the board's page work with, and with each other.

import type { SyncClient } from '../sync/client.ts'
import type { Actions } from './actions.ts'
import type { Announcer } from './announce.ts'
import type { Desk } from './desk.ts'
import type { Editor } from './edit.ts'
import type { Frame } from './frame.ts'
import type { Keys } from './keys.ts'
import type { Myself } from './me.ts'
import type { Page } from './page.ts'
import type { Pointer } from './pointer.ts'
import type { Quiet } from './quiet.ts'
import type { Selection } from './selection.ts'
import type { Spotlight } from './spotlight.ts'
import type { Stage } from './stage.ts'
import type { Toasts } from './toasts.ts'
import type { Tool } from './tool.ts'

/** What the page needs of the client. */
export type Client = Pick<
  SyncClient,
  | 'view' | 'submit' | 'putDown' | 'text' | 'undo' | 'redo' | 'canUndo' | 'canRedo'
  | 'onChange' | 'onState' | 'onRejected' | 'onRole' | 'role' | 'roster' | 'presence' | 'shelf'
>

/** Who I am, as the server knows me. */
export interface Me {
  readonly id: string
  readonly name: string
  readonly color: number
}

export interface Board {
  readonly id: string
  readonly mode: 'board' | 'embed'
  readonly me: Myself
  readonly client: Client
  readonly page: Page
  readonly frame: Frame
  readonly desk: Desk
  readonly stage: Stage
  readonly selection: Selection
  readonly spotlight: Spotlight
  readonly editor: Editor
  readonly tool: Tool
  readonly pointer: Pointer
  readonly actions: Actions
  readonly keys: Keys
  readonly toasts: Toasts
  readonly announcer: Announcer
  readonly quiet: Quiet
  /** Whether this person may change the board now. */
  canEdit(): boolean
}

