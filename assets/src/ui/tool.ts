// Which tool is in hand: select, the hand that pans, what draws an arrow or a
// frame, or a note that waits for its place. Space held lends the hand.

/** The tools that have a button. */
type Choice = 'select' | 'hand' | 'arrow' | 'frame'
export type ToolName = Choice | 'note'

export class Tool {
  private chosen: ToolName = 'select'
  /** The colour of the note that waits for its place. */
  color: string | null = null
  lent = false
  private readonly listeners: (() => void)[] = []

  constructor() {
    for (const button of buttons()) {
      button.addEventListener('click', () => this.press(button.dataset['tool'] as Choice))
    }
    this.show()
  }

  get current(): ToolName {
    return this.lent ? 'hand' : this.chosen
  }

  onChange(fn: () => void): void {
    this.listeners.push(fn)
  }

  choose(tool: Choice): void {
    this.chosen = tool
    this.color = null
    this.show()
  }

  /** The button of the tool in hand lays it down again. */
  private press(tool: Choice): void {
    this.choose(tool === this.chosen ? 'select' : tool)
  }

  /** Takes a note of this colour in hand. */
  takeNote(color: string): void {
    this.chosen = 'note'
    this.color = color
    this.show()
  }

  /** The hand while Space is held. */
  lend(on: boolean): void {
    if (this.lent === on) return
    this.lent = on
    this.show()
  }

  private show(): void {
    document.body.dataset['tool'] = this.current
    for (const button of buttons()) button.setAttribute('aria-pressed', String(button.dataset['tool'] === this.chosen))
    for (const pad of pads()) pad.setAttribute('aria-pressed', String(pad.dataset['newColor'] === this.color))
    for (const fn of this.listeners) fn()
  }
}

function buttons(): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>('#tools [data-tool]')
}

/** The pads of the tools: one for each colour. */
export function pads(): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>('#tools [data-new-color]')
}
