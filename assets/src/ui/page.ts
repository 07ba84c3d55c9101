// The elements that the server's page gives us, found once.

export interface Page {
  readonly board: HTMLElement
  readonly desk: HTMLElement
  /** Holds the plane; what the script moves. */
  readonly camera: HTMLElement
  readonly plane: HTMLElement
  readonly cursors: HTMLElement
  /** Made here: what floats over the notes in screen pixels. */
  readonly overlay: HTMLElement
}

/** An element of the page by id, if the page has it: viewers and embeds have fewer. */
export function part<T extends HTMLElement>(id: string, kind: abstract new () => T): T | null {
  const found = document.getElementById(id)
  return found instanceof kind ? found : null
}

export function findPage(): Page {
  const desk = must('desk')
  const overlay = document.createElement('div')
  overlay.id = 'overlay'
  desk.insertBefore(overlay, must('cursors'))
  return { board: must('board'), desk, camera: must('camera'), plane: must('plane'), cursors: must('cursors'), overlay }
}

function must(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`the page has no #${id}`)
  return found
}

/** An element with a class and words; words are always text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  words = '',
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  element.className = className
  if (words) element.textContent = words
  return element
}

/** Hides or shows it. To say again what is so already would cost a look at its style. */
export function hide(element: HTMLElement, isHidden = true): void {
  if (element.hidden !== isHidden) element.hidden = isHidden
}

/** One of the page's own icons. */
export function icon(name: string): SVGSVGElement {
  const SVG = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(SVG, 'svg')
  for (const [key, value] of Object.entries({ class: 'icon', width: '20', height: '20', 'aria-hidden': 'true' })) svg.setAttribute(key, value)
  const use = document.createElementNS(SVG, 'use')
  use.setAttribute('href', `#i-${name}`)
  svg.append(use)
  return svg
}
