// Pictures of what stands around one note.

import { SCREENS } from './screens.ts'
import { pour, test } from './world.ts'

for (const { name, options, picture } of SCREENS) {
  test(`one note, ${name}`, async ({ board, join, request }) => {
    await pour(request, board, [{ text: 'What slows us down?', color: 'sky', x: 0, y: 0 }, { text: 'A neighbour', color: 'lime', x: 220, y: 0 }])
    const ana = await join('Ana', board.edit_url, { ...options, reducedMotion: 'reduce' })
    const shoot = (what: string): Promise<void> => picture(ana.page, `note-${what}`)
    await ana.pick(ana.note('slows'))
    await shoot('selected')
    await ana.menu.getByRole('button', { name: 'More for the selected notes' }).click()
    await ana.page.getByRole('menuitem', { name: 'Make wide' }).waitFor()
    await shoot('more')
    await ana.page.getByRole('menuitem', { name: 'Add a link…' }).click()
    await ana.page.getByLabel('Link of the note').fill('nowhere at all')
    await ana.page.keyboard.press('Enter')
    await shoot('link')
    await ana.page.getByLabel('Link of the note').fill('example.org/a/plan')
    await ana.page.keyboard.press('Enter')
    await ana.page.locator('#desk').focus()
    await ana.page.keyboard.press('Control+Shift+L')
    await ana.page.keyboard.press('ArrowRight')
    await shoot('locked')
    await pour(request, board, [
      { text: 'This week\n[x] call the printer\n[ ] book a room\n[ ] tea', color: 'yellow', x: 0, y: 220 },
      { text: '- see https://example.org/a/rather/long/address?that=goes&on=and#on\n- www.example.com', color: 'graphite', x: 220, y: 220 },
      { text: 'לקנות חלב\nand bread 🥖\n1. 買牛奶', color: 'coral', x: 440, y: 0 },
      { text: '[ ] one\n[x] two\n[ ] three\n[ ] four\n[x] five\n[ ] six and more words to it\n', color: 'white', x: 440, y: 220 },
    ])
    await ana.page.keyboard.press('Escape')
    await ana.page.keyboard.press('Shift+1')
    await shoot('texts')
    if (options.hasTouch) return
    await ana.page.mouse.click(1200, 200, { button: 'right' })
    await ana.page.getByRole('menuitem', { name: 'New note' }).hover()
    await shoot('desk-menu')
    await ana.page.keyboard.press('Escape')
    await ana.page.locator('#desk').focus()
    await ana.page.keyboard.press('Control+a')
    await ana.note('A neighbour').click({ button: 'right' })
    await ana.page.getByRole('menuitem', { name: 'Tidy' }).waitFor()
    await shoot('menu-of-many')
    await ana.page.keyboard.press('Escape')
    await ana.page.keyboard.press('Escape')
    await ana.page.getByRole('button', { name: 'New coral note' }).click()
    await ana.page.mouse.move(500, 560)
    await shoot('placing')
  })
}
