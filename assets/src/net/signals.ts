/** What the page notices of its surroundings. */
export type Signal = 'online' | 'offline' | 'visible' | 'hidden' | 'pagehide' | 'awake'

/** Where signals come from; the answer ends the listening. */
export type Signals = (listener: (signal: Signal) => void) => () => void

/** What of a window or a document signals need. */
export interface Target {
  addEventListener(type: string, listener: () => void): void
  removeEventListener(type: string, listener: () => void): void
}

const beat = 2_000
const slept = 8_000 // a beat that comes so late was slept through; a hidden page's may come late anyway

/** The signals of a page's window and document. `now` is the time of day, which goes on while a machine sleeps. */
export function pageSignals(
  window: Target,
  document: Target & { readonly visibilityState: string },
  now: () => number = Date.now,
): Signals {
  return (listener) => {
    const ends: (() => void)[] = []
    const hear = (target: Target, type: string, signal: () => Signal): void => {
      const heard = (): void => listener(signal())
      target.addEventListener(type, heard)
      ends.push(() => target.removeEventListener(type, heard))
    }
    hear(window, 'online', () => 'online')
    hear(window, 'offline', () => 'offline')
    hear(window, 'pagehide', () => 'pagehide')
    hear(window, 'pageshow', () => 'awake')
    hear(document, 'resume', () => 'awake')
    hear(document, 'visibilitychange', () => (document.visibilityState === 'visible' ? 'visible' : 'hidden'))
    let last = now()
    const watch = setInterval(() => {
      if (now() - last > slept && document.visibilityState === 'visible') listener('awake')
      last = now()
    }, beat)
    ends.push(() => clearInterval(watch))
    return () => ends.forEach((end) => end())
  }
}
