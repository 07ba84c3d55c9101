// Light or dark: what the system has, unless something else was chosen.

/** The event of a choice, on the document. */
export const THEME = 'themechosen'

/** Calls fn whenever the colours have changed: for what is not drawn by the style sheet. */
export function onTheme(fn: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', fn)
  document.addEventListener(THEME, fn)
}
