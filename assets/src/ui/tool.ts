// Which tool is in hand: select, or the hand that pans. Space held lends the hand.

export type ToolName = 'select' | 'hand'

export class Tool {
  private chosen: ToolName = 'select'
  lent = false

  constructor() {
    for (const button of buttons()) {
      button.addEventListener('click', () => this.choose(button.dataset['tool'] as ToolName))
    }
    this.show()
  }

  get current(): ToolName {
    return this.lent ? 'hand' : this.chosen
  }

  choose(tool: ToolName): void {
    this.chosen = tool
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
  }
}

function buttons(): NodeListOf<HTMLElement> {
  return document.querySelectorAll<HTMLElement>('#tools [data-tool]')
}
