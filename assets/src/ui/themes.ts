// How the page looks, by its name; the lists for it stand in the dialog of one's name.

import { say } from '../say.ts'
import type { Board } from './board.ts'
import { chooseTheme } from './look.ts'

export function theming(board: Board): void {
  const titles = { light: say('Light colours'), dark: say('Dark colours'), system: say('Colours as on this device') }
  for (const [theme, title] of Object.entries(titles)) {
    board.actions.add({
      id: `theme.${theme}`, title, group: 'board', also: say('theme appearance night day'),
      enabled: () => document.documentElement.dataset['theme'] !== theme, run: () => chooseTheme(theme),
    })
  }
}
