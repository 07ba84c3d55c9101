// How the page looks: chosen in the dialog of one's name, or by its name.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { later } from './later.ts'

const look = later(() => import('./look.ts'))

export function theming(board: Board): void {
  document.getElementById('look')?.addEventListener('change', (e) => look((m) => m.choose(e)))
  const titles = { light: say('Light colours'), dark: say('Dark colours'), system: say('Colours as on this device') }
  for (const [theme, title] of Object.entries(titles)) {
    board.actions.add({
      id: `theme.${theme}`, title, group: 'board', also: say('theme appearance night day'),
      enabled: () => document.documentElement.dataset['theme'] !== theme, run: () => look((m) => m.chooseTheme(theme)),
    })
  }
}
