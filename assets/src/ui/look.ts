// The language and the theme that somebody chooses on this device: kept in
// cookies, so that the server's next page is in them from its first byte.

import { THEME } from './theme.ts'

const LIFE = 400 * 24 * 60 * 60 // s; no browser keeps a cookie for longer

/** The desk's colours, which the browser's own bars take on; the server's pages have the same. */
const bars = { light: '#F5F3EE', dark: '#17181B' }

/** One of the page's lists has changed. */
export function choose({ target }: Event): void {
  if (!(target instanceof HTMLSelectElement)) return
  if (target.name === 'theme') chooseTheme(target.value)
  else chooseLanguage(target.value)
}

/** 'light', 'dark' or 'system'. */
export function chooseTheme(theme: string): void {
  keep('theme', theme === 'system' ? '' : theme)
  showTheme(theme)
  const list = document.querySelector<HTMLSelectElement>('#look [name="theme"]')
  if (list) list.value = theme
}

function showTheme(theme: string): void {
  document.documentElement.dataset['theme'] = theme
  const chosen = theme === 'light' || theme === 'dark' ? theme : null
  meta('color-scheme')[0]?.setAttribute('content', chosen ?? 'light dark')
  for (const bar of meta('theme-color')) {
    const system = bar.getAttribute('media')?.includes('dark') ? 'dark' : 'light'
    bar.setAttribute('content', bars[chosen ?? system])
  }
  document.dispatchEvent(new Event(THEME))
}

function meta(name: string): NodeListOf<Element> {
  return document.querySelectorAll(`meta[name="${name}"]`)
}

/** The words are in the page and in its script: both come anew. Without a network they would not. */
function chooseLanguage(language: string): void {
  keep('language', language)
  if (navigator.onLine) location.reload()
}

function keep(what: 'language' | 'theme', value: string): void {
  const secure = location.protocol === 'https:' ? ';secure' : ''
  document.cookie = `corkboard-${what}=${value};path=/;samesite=lax;max-age=${value ? LIFE : 0}${secure}`
}
