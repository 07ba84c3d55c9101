import { Wire } from './delay.ts'
import type { Desk } from './desk.ts'
import { freePort, Node } from './node.ts'
import { expect, expectSame, newBoard, nodes, on, test } from './world.ts'

const LATENCY = 200 // ms on the wire, each way
const SPAN = 30_000 // ms of typing

test('two people type in one note for 30 s on a slow wire: every character once', async ({ join, request }) => {
  test.setTimeout(SPAN + 60_000)
  const port = await freePort()
  const node = await Node.start({ url: `http://127.0.0.1:${port}` })
  const wire = await Wire.lay(port, node.port, LATENCY)
  try {
    const board = await newBoard(request, node.url)
    const [ana, ben] = await Promise.all([join('Ana', board.edit_url), join('Ben', board.edit_url)])
    await ana.write({ x: 600, y: 300 }, '|')
    await expect(ben.note('|')).toBeVisible()
    await Promise.all([ana, ben].map((desk) => desk.note('|').dblclick()))
    const end = Date.now() + SPAN
    // Letters are Ana's, digits are Ben's; both write beyond the basic plane too.
    const [letters, digits] = await Promise.all([
      type(ana, end, ['quick', 'brown', '😀', 'fox', 'ä', 'jumps']),
      type(ben, end, ['01', '23456', '👍🏽', '789', '½']),
    ])
    await expectSame(request, board, [ana, ben], node.url)
    const [text] = await ana.texts()
    expect(only(text!, letters), 'Ana’s characters, each once and in order').toBe(letters)
    expect(only(text!, digits), 'Ben’s characters, each once and in order').toBe(digits)
    expect([...text!].length, 'and nothing else').toBe([...letters].length + [...digits].length + 1)
    expect(letters.length).toBeGreaterThan(100)
    expect(digits.length).toBeGreaterThan(100)
  } finally {
    await wire.close()
    await node.stop()
  }
})

test('an input method composes while somebody else types in the same note', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))
  await ana.write({ x: 600, y: 300 }, 'Ab')
  await expect(ben.note('Ab')).toBeVisible()
  await ana.note('Ab').dblclick()
  await ana.page.keyboard.press('Control+End')
  await ben.note('Ab').dblclick()
  await ben.page.keyboard.press('Control+Home')
  const ime = await ana.page.context().newCDPSession(ana.page)
  const compose = (text: string): Promise<unknown> =>
    ime.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })
  await compose('k')
  await ben.page.keyboard.type('12')
  await expect.poll(() => ana.texts()).toEqual(['12Abk'])
  await compose('か')
  await ben.page.keyboard.type('34')
  await expect.poll(() => ana.texts()).toEqual(['1234Abか'])
  await expect(ana.field).toHaveValue('Abか') // the field is left alone meanwhile
  await compose('かん')
  await ime.send('Input.insertText', { text: '漢' })
  await expect(ana.field).toHaveValue('1234Ab漢')
  await ana.page.keyboard.type('!')
  await expect(ben.field).toHaveValue('1234Ab漢!')
  await ben.page.keyboard.type('5')
  await expect(ana.field).toHaveValue('12345Ab漢!')

  // What is given up leaves nothing behind.
  await compose('さ')
  await ben.page.keyboard.type('6')
  await expect.poll(() => ben.texts()).toEqual(['123456Ab漢!さ'])
  await compose('')
  await expect(ben.field).toHaveValue('123456Ab漢!')
  await expect(ana.field).toHaveValue('123456Ab漢!')

  // Both compose, in the same place.
  const other = await ben.page.context().newCDPSession(ben.page)
  await ben.page.keyboard.press('Control+End')
  await compose('し')
  await other.send('Input.imeSetComposition', { text: 'ㅎ', selectionStart: 1, selectionEnd: 1 })
  await compose('しん')
  await other.send('Input.imeSetComposition', { text: '한', selectionStart: 1, selectionEnd: 1 })
  await ime.send('Input.insertText', { text: '新' })
  await other.send('Input.insertText', { text: '한' })
  await expect(ana.field).toHaveValue(/^123456Ab漢!(新한|한新)$/)
  await expectSame(request, board, [ana, ben])

  // Undo and redo are of Ana's own: in bursts, as long as she wrote without a pause.
  const whole = await ana.field.inputValue()
  for (const [keys, text] of [['Control+z', '123456한'], ['Control+Shift+z', whole]] as const) {
    await expect(async () => {
      await ana.page.keyboard.press(keys)
      await expect(ana.field).toHaveValue(text, { timeout: 100 })
    }).toPass()
    await expect(ben.field).toHaveValue(text)
  }
  await expectSame(request, board, [ana, ben])
})

/** Types words until the end; now and then a character too many, taken back. */
async function type(desk: Desk, end: number, words: string[]): Promise<string> {
  const { keyboard } = desk.page
  let typed = ''
  for (let i = 0; Date.now() < end; i++) {
    const word = words[i % words.length]!
    await keyboard.type(word, { delay: 40 })
    typed += word
    if (i % 7 === 0) {
      await keyboard.type(word[0]!)
      await keyboard.press('Backspace')
    }
  }
  await keyboard.press('Escape')
  return typed
}

/** What of the text is made of these characters. */
function only(text: string, characters: string): string {
  const wanted = new Set(characters)
  return [...text].filter((c) => wanted.has(c)).join('')
}
