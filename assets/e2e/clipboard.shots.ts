// Pictures of what a paste shows before it makes notes, and of notes with a picture.

import { SCREENS } from './screens.ts'
import { expect, test } from './world.ts'

const TABLE = ['Team\tDone\tNext', 'Design\tNew icons\tDark theme', 'Build\tFaster tests\t', 'Care\tForty answers\tA guide to pasting', 'Sales\t\tTwo demos'].join('\n')

for (const { name, options, picture } of SCREENS) {
  test(`paste, ${name}`, async ({ board, join }) => {
    const { page } = await join('Ana Berg', board.edit_url, options)
    const shot = (what: string): Promise<void> => picture(page, `paste-${what}`)
    const paste = (text: string) => page.evaluate((text) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', text)
      document.getElementById('desk')!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, text)
    await paste(TABLE)
    await expect(page.locator('#paste-dialog')).toBeVisible()
    await shot('table')
    await page.keyboard.press('Enter')
    await expect(page.locator('.note.is-selected')).toHaveCount(13)
    await shot('made')
    await paste(`${'x'.repeat(12_000)}\n${'another line\n'.repeat(11_000)}`)
    await expect(page.locator('#paste-dialog')).toBeVisible()
    await shot('much')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+z')
    await page.evaluate(async () => {
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width: 900, height: 600 })
      const on = canvas.getContext('2d')!
      const sky = on.createLinearGradient(0, 0, 0, 600)
      sky.addColorStop(0, '#3d6bb3')
      sky.addColorStop(1, '#f6c9a2')
      on.fillStyle = sky
      on.fillRect(0, 0, 900, 600)
      on.fillStyle = '#2b3a4f'
      on.beginPath()
      for (const [x, y] of [[0, 600], [0, 430], [180, 250], [330, 400], [560, 160], [900, 470], [900, 600]] as const) on.lineTo(x, y)
      on.fill()
      const blob = await new Promise<Blob>((done) => canvas.toBlob((b) => done(b!), 'image/png'))
      const data = new DataTransfer()
      data.items.add(new File([blob], 'hills.png', { type: 'image/png' }))
      const at = { clientX: innerWidth / 2, clientY: innerHeight / 2 - 60 }
      document.getElementById('desk')!.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, ...at }))
    })
    await expect(page.locator('.note[data-picture].is-selected')).toHaveCount(1)
    await expect.poll(() => page.locator('.note-picture').evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(900)
    await shot('picture')
    await page.keyboard.type('Where we went last year')
    await page.keyboard.press('Escape')
    await shot('caption')
    await page.locator('#toasts').getByRole('button', { name: 'Describe' }).click()
    await shot('describe')
  })
}
