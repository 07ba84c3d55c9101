// Shows a search on the notes that have elements: those found stand out, the
// words are marked in their texts, the rest dims (the style sheet does that).

import type { Board } from './board.ts'

const NAME = 'found'

export class Highlights {
  constructor(
    private readonly board: Board,
    private readonly spans: (text: string) => [from: number, to: number][],
  ) {
    board.stage.onRender((id, element) => this.mark(id, element))
    board.stage.onPaint(() => board.spotlight.ids && this.soon())
  }

  show(): void {
    const { spotlight, page } = this.board
    page.desk.toggleAttribute('data-searching', spotlight.ids !== null)
    for (const element of this.elements()) this.mark(element.dataset['id']!, element)
    this.soon()
  }

  clear(): void {
    this.show()
    CSS.highlights?.delete(NAME)
  }

  private elements(): NodeListOf<HTMLElement> {
    return this.board.page.plane.querySelectorAll<HTMLElement>('.note')
  }

  private mark(id: string, { classList }: HTMLElement): void {
    const { spotlight } = this.board
    classList.toggle('is-found', spotlight.ids?.has(id) ?? false)
    classList.toggle('is-current', spotlight.ids !== null && spotlight.current === id)
  }

  private soon(): void {
    this.board.frame.ask('overlay', this.words)
  }

  /** Marks the words themselves, where the browser can. */
  private readonly words = (): void => {
    if (!CSS.highlights || !this.board.spotlight.ids) return
    const ranges: Range[] = []
    for (const element of this.elements()) if (element.classList.contains('is-found')) this.within(element, ranges)
    CSS.highlights.set(NAME, new Highlight(...ranges))
  }

  private within(element: HTMLElement, ranges: Range[]): void {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const node = texts.currentNode
      for (const [from, to] of this.spans(node.textContent ?? '')) {
        const range = document.createRange()
        range.setStart(node, from)
        range.setEnd(node, to)
        ranges.push(range)
      }
    }
  }
}
