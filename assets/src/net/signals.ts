/** What the page notices of its surroundings. */
export type Signal = 'online' | 'offline' | 'visible' | 'hidden' | 'pagehide'

/** Where signals come from; the answer ends the listening. */
export type Signals = (listener: (signal: Signal) => void) => () => void

/** What of a window or a document signals need. */
export interface Target {
  addEventListener(type: string, listener: () => void): void
  removeEventListener(type: string, listener: () => void): void
}

/** The signals of a page's window and document. */
export function pageSignals(window: Target, document: Target & { readonly visibilityState: string }): Signals {
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
    hear(document, 'visibilitychange', () => (document.visibilityState === 'visible' ? 'visible' : 'hidden'))
    return () => ends.forEach((end) => end())
  }
}
