import { expect, expectSame, nodes, on, pour, stored, test } from './world.ts'

test('text fits its note, and then the note grows', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  const { page } = ana
  const note = ana.notes.first()
  const fit = (): Promise<string | null> => note.getAttribute('data-fit')
  await page.mouse.dblclick(500, 200)
  await expect(ana.field).toBeFocused()

  await test.step('the letters get smaller, down to a floor', async () => {
    await page.keyboard.type('Short')
    await expect.poll(fit).toBe('1')
    await page.keyboard.insertText(' and then rather a lot more than that, and more')
    await expect.poll(fit).not.toBe('1')
    expect((await ana.place(note)).h).toBe(200)
    await page.keyboard.insertText(' and on and on it goes'.repeat(10))
    await expect.poll(fit).toBe('5')
  })
  await test.step('the note grows, for everybody', async () => {
    await expect.poll(async () => (await ana.place(note)).h).toBeGreaterThan(230)
    await expect(note).not.toHaveAttribute('data-over')
    await expectSame(request, board, [ana, ben])
    expect((await ben.place(ben.notes.first())).h).toBe((await ana.place(note)).h)
  })
  await test.step('the next one is as large as this one was', async () => {
    await page.keyboard.press('Control+Enter')
    await page.keyboard.type('Below')
    const [above, below] = [await ana.place(ana.note('Short')), await ana.place(ana.note('Below'))]
    expect(below).toEqual({ ...above, y: above.y + above.h + 20, h: 200 })
    await page.keyboard.press('Escape')
    await page.keyboard.press('Delete')
  })
  await test.step('one undo takes back the words and the height; shorter words make it shorter', async () => {
    await ana.note('Short').dblclick()
    const tall = (await ana.place(ana.note('Short'))).h
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Short again')
    await expect.poll(async () => (await ana.place(note)).h).toBe(200)
    await page.keyboard.press('Control+z')
    await expect.poll(async () => (await ana.place(note)).h).toBe(tall)
    await expect(ana.field).toHaveValue(/goes$/)
    await page.keyboard.press('Escape')
  })
  await test.step('a note that somebody else has made grow knows where it came from', async () => {
    await expect.poll(async () => (await ben.place(note)).h).toBeGreaterThan(230)
    await ben.note('Short').dblclick()
    await ben.page.keyboard.press('Control+a')
    await ben.page.keyboard.type('By Ben')
    await expect.poll(async () => (await ana.place(note)).h).toBe(200)
    await ben.page.keyboard.press('Escape')
    await expectSame(request, board, [ana, ben])
  })
  await test.step('so does a wide one after a reload, and it grows in the list, too', async () => {
    const { page } = ben
    await page.keyboard.press('Alt+l')
    const row = page.locator('.list-panel').getByRole('textbox', { name: /^Text of/ })
    await page.evaluate((id) => window.corkboard!.client.submit({ kind: 'note.set', note: id!, set: { w: 400 } }), await note.getAttribute('data-id'))
    await row.fill('wide '.repeat(110))
    await expect.poll(async () => (await ana.place(note)).h).toBeGreaterThan(220)
    expect((await ana.place(note)).h).toBeLessThan(400)
    await page.keyboard.press('Escape')
    await expect(ben.state).toHaveText('Saved')
    await page.reload()
    await ben.note('wide').dblclick()
    await expect(ben.field).toBeFocused()
    await page.keyboard.press('Control+a')
    await page.keyboard.type('By Ben')
    await expect.poll(async () => (await ana.place(note)).h).toBe(200)
    await page.keyboard.press('Escape')
    await expectSame(request, board, [ana, ben])
  })
  await test.step('what is pasted is as high as its words, each row as its highest; one undo takes it back', async () => {
    const words = 'a long line of words '.repeat(20)
    await page.evaluate((words) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text/plain', `one\n${words}\nthree\nfour`)
      document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    }, words)
    await page.getByRole('button', { name: 'Make 4 notes' }).click()
    const [one, long, three] = [await ana.place(ana.note('one')), await ana.place(ana.note('a long line')), await ana.place(ana.note('three'))]
    expect([one.h, three.h, three.y]).toEqual([200, 200, one.y + long.h + 24])
    expect(long.h).toBeGreaterThan(300)
    await expect(ana.note('a long line')).not.toHaveAttribute('data-over')
    await page.locator('#desk').focus()
    await page.keyboard.press('Control+z')
    await expect(ana.notes).toHaveCount(1)
    await expectSame(request, board, [ana, ben])
  })
})

test('lists go on, links are followed, tasks are ticked by two at once', async ({ board, join, request }) => {
  await pour(request, board, [{ text: 'See www.example.org/a, and (https://example.com).', x: 0, y: 0 }, { text: '[ ] tick me\nwords', x: 300, y: 0 }])
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  const { page } = ana
  await page.context().route('**/*example*/**', (route) => route.fulfill({ body: 'elsewhere' }))

  await test.step('a list is typed', async () => {
    await page.mouse.dblclick(300, 650)
    // What helps to write comes with the first note that is written in.
    await expect(async () => {
      await ana.field.fill('')
      await page.keyboard.type('- a\n')
      await expect(ana.field).toHaveValue('- a\n- ', { timeout: 100 })
    }).toPass()
    await ana.field.fill('')
    await page.keyboard.type('To buy:\n1. milk')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('from the farm\n\n2. [ ] eggs\nbread\n4. [x] tea\n\nDone')
    await page.keyboard.press('Escape')
    expect(await ana.texts()).toContain('To buy:\n1. milk\nfrom the farm\n\n2. [ ] eggs\n3. [ ] bread\n4. [x] tea\nDone')
    expect(await ana.note('To buy').locator('.note-text').evaluate((e) => getComputedStyle(e).textAlign)).toBe('start')
  })
  await test.step('tasks are written as large as other words', async () => {
    await page.keyboard.press('n')
    await page.keyboard.type('[ ] a room\ncake')
    await page.keyboard.press('Escape')
    await expect(ana.note('a room').getByRole('checkbox')).toHaveCount(2)
    await expect(ana.note('a room')).toHaveAttribute('data-fit', '1')
    const [inner, outer] = await ana.note('a room').locator('.note-text').evaluate((e) => [e.scrollHeight, e.clientHeight])
    expect(inner, 'the boxes make the text no longer, which would be written smaller then').toBe(outer)
    await page.keyboard.press('Delete')
  })
  await test.step('a link opens, and is no handle; from it the note can be dragged', async () => {
    const link = page.getByRole('link', { name: 'www.example.org/a' })
    await expect(link).toHaveAttribute('rel', /noopener/)
    const [tab] = await Promise.all([page.waitForEvent('popup'), link.click()])
    await tab.waitForURL('https://www.example.org/a')
    expect(await tab.evaluate(() => window.opener)).toBeNull()
    await tab.close()
    await expect(page.getByRole('link', { name: 'https://example.com', exact: true })).toBeVisible()
    const before = await ana.place(ana.note('See'))
    await ana.drag(link, { x: 0, y: 60 })
    expect((await ana.place(ana.note('See'))).y - before.y).toBeCloseTo(60, 0)
    expect(page.context().pages()).toHaveLength(1)
  })
  await test.step('both tick at once, and one types meanwhile', async () => {
    const boxes = [ana, ben].map((desk) => desk.page.getByRole('checkbox', { name: 'tick me' }))
    await ben.page.context().setOffline(true) // so that neither has heard of the other's tick
    await expect(ben.state).toHaveText(/^Offline/)
    for (const box of boxes) await box.click()
    await ben.page.context().setOffline(false)
    await ben.page.keyboard.press('Escape')
    for (const box of boxes) await expect(box).toBeChecked()
    await expectSame(request, board, [ana, ben])
    await ben.note('tick me').dblclick({ position: { x: 100, y: 180 } })
    await ben.page.keyboard.press('Control+End')
    await ben.page.keyboard.type(' of Ben', { delay: 20 })
    await boxes[0]!.click()
    await ben.page.keyboard.type(' go on', { delay: 20 })
    await expect(ben.field).toHaveValue('[ ] tick me\nwords of Ben go on')
    await ben.page.keyboard.press('Escape')
    for (const box of boxes) await expect(box).not.toBeChecked()
    await expectSame(request, board, [ana, ben])
  })
  await test.step('by keys: Tab goes on from the note to what is in it', async () => {
    await page.keyboard.press('Escape')
    await ana.note('tick me').focus()
    await page.keyboard.press('Tab')
    const box = page.getByRole('checkbox', { name: 'tick me' })
    await expect(box).toBeFocused()
    await page.keyboard.press(' ')
    await expect(box).toBeChecked()
    await expect(box).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(ana.note('tick me')).toBeFocused()
    await page.keyboard.press('Control+z')
    await expect(box).not.toBeChecked()
  })
  await test.step('who may only look follows links, and ticks nothing', async () => {
    const eve = await join('Eve', board.view_url)
    const box = eve.page.getByRole('checkbox', { name: 'tick me' })
    await expect(box).toHaveAttribute('aria-readonly', 'true')
    await box.click()
    await expect(box).not.toBeChecked()
    await expectSame(request, board, [ana, ben, eve])
  })
})

test('other scripts, input methods and a translating browser are unharmed', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  const { page } = ana
  const { keyboard } = page

  await test.step('right to left, line by line; Tab goes on to the left', async () => {
    await page.mouse.dblclick(800, 200)
    await keyboard.insertText('שלום עולם')
    const right = await ana.place(ana.notes.first())
    await keyboard.press('Tab')
    await keyboard.type('left of it')
    expect((await ana.place(ana.note('left of it'))).x).toBe(right.x - 220)
    await keyboard.press('Tab') // in words that run to the right, back to the right
    await expect(ana.field).toHaveValue('שלום עולם')
    expect(await ana.field.evaluate((f: HTMLTextAreaElement) => f.value.slice(f.selectionStart, f.selectionEnd))).toBe('שלום עולם')
    await keyboard.press('Escape')
    const text = ana.note('שלום').locator('.note-text')
    expect(await text.evaluate((e) => getComputedStyle(e).unicodeBidi)).toBe('plaintext')
    await expect(text).toHaveCSS('direction', 'rtl')
  })

  await test.step('a tick and an address, which are Latin letters, do not turn a line that runs from the right', async () => {
    await page.mouse.dblclick(850, 600)
    await keyboard.insertText('[x] חלב\nhttps://example.org/a לחם')
    await keyboard.press('Escape')
    const note = ana.note('חלב')
    const middle = (await ana.middle(note)).x
    const ticked = (await note.getByRole('checkbox').boundingBox())!
    const address = (await note.getByRole('link').boundingBox())!
    const end = (await note.boundingBox())!.x + (await note.boundingBox())!.width
    expect(ticked.x).toBeGreaterThan(middle)
    expect(end - (address.x + address.width)).toBeLessThan(40)
  })

  await test.step('a family is one letter to Backspace', async () => {
    await page.mouse.dblclick(300, 600)
    await keyboard.insertText('us 👩‍👩‍👧‍👦🇨🇭')
    await keyboard.press('Backspace')
    await expect(ana.field).toHaveValue('us 👩‍👩‍👧‍👦')
    await keyboard.press('Backspace')
    await expect(ana.field).toHaveValue('us ')
    await expect(ben.note('us')).toBeVisible()
    expect(await ana.field.evaluate((f: HTMLTextAreaElement) => [f.spellcheck, f.dir, f.translate])).toEqual([true, 'auto', false])
    await keyboard.press('Escape')
  })

  await test.step('an input method composes while somebody else writes', async () => {
    await page.mouse.dblclick(560, 600)
    const cdp = await page.context().newCDPSession(page)
    const compose = (text: string): Promise<unknown> =>
      cdp.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
    await keyboard.insertText('こ')
    await expect(ben.note('こ')).toBeVisible()
    await compose('に')
    await compose('にほん')
    await ben.note('こ').dblclick()
    await ben.page.keyboard.press('Control+Home')
    await ben.page.keyboard.type('Ben: ')
    await expect.poll(() => ana.texts()).toContain('Ben: こにほん')
    await expect(ana.field).toHaveValue('こにほん') // left alone until it is done
    await compose('日本')
    await cdp.send('Input.insertText', { text: '日本' })
    await expect(ana.field).toHaveValue('Ben: こ日本')
    await keyboard.press('Escape')
    await ben.page.keyboard.press('Escape')
    await expectSame(request, board, [ana, ben])
  })

  await test.step('translated words stay on the page', async () => {
    const text = ana.note('Ben:').locator('.note-text')
    await text.evaluate((e) => {
      const font = document.createElement('font')
      font.append(...e.childNodes)
      font.textContent = 'Translated'
      e.append(font)
    })
    const before = await stored(request, board)
    await ana.note('Translated').dblclick()
    await expect(ana.field).toHaveValue('Ben: こ日本')
    await keyboard.press('Escape')
    await expect(ana.note('Ben: こ日本')).toBeVisible()
    expect(await stored(request, board)).toEqual(before)
  })
})
