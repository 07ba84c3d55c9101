import { bearer, expect, expectSame, nodes, on, stored, test } from './world.ts'

const notes = [
  { client_id: 'a', text: 'Only text is required' },
  { client_id: 'b', text: 'Everything', color: 'violet', x: -40.5, y: 12, width: 220, height: 160, external_id: 'JIRA-12' },
  { client_id: 'c', text: '👩‍👩‍👧‍👦 family, 🇩🇪 flag, é combining' },
]

test('notes poured in over the API are seen at once by everyone on the board, or, when one is bad, by nobody', async ({ board, join, request }) => {
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', on(nodes.b, board.edit_url))

  await test.step('a bad row is named and nothing changes', async () => {
    const before = await stored(request, board)
    const answer = await request.post(`${nodes.a}/api/v1/boards/${board.id}/notes:import`, {
      headers: bearer(board),
      data: { notes: [{ text: 'good' }, { text: 'bad', color: 'no such colour' }, { text: 'x'.repeat(10_001) }] },
    })
    expect(answer.status()).toBe(422)
    expect(answer.headers()['content-type']).toContain('application/problem+json')
    const body = await answer.text()
    expect(body).toContain('/notes/1/color')
    expect(body).toContain('/notes/2/text')
    expect(await stored(request, board)).toEqual(before)
    await expect(ana.notes).toHaveCount(0)
  })

  await ana.write({ x: 600, y: 300 }, 'there before')
  await ana.expectSaved()
  const answer = await request.post(`${nodes.a}/api/v1/boards/${board.id}/notes:import`, { headers: bearer(board), data: { notes } })
  expect(answer.ok(), await answer.text()).toBe(true)
  for (const desk of [ana, ben]) {
    await expect.poll(() => desk.texts()).toEqual([...notes.map((n) => n.text), 'there before'].sort())
    await desk.page.keyboard.press('Shift+1')
    for (const note of notes) await expect(desk.note(note.text)).toBeVisible()
  }
  expect(await ana.place(ana.note('Everything'))).toEqual({ x: -40.5, y: 12, w: 220, h: 160, color: 'violet' })
  await expectSame(request, board, [ana, ben])

  await test.step('one batch is one event', async () => {
    const { seq } = await stored(request, board)
    expect(seq).toBe(await ana.seq())
  })

  await test.step('and they are read back', async () => {
    const back = await request.get(`${nodes.b}/api/v1/boards/${board.id}/notes?limit=3`, { headers: bearer(board) })
    const { data, next_cursor } = (await back.json()) as { data: { text: string }[]; next_cursor: string | null }
    expect(data).toHaveLength(3)
    const rest = await request.get(`${nodes.b}/api/v1/boards/${board.id}/notes?limit=3&cursor=${next_cursor}`, { headers: bearer(board) })
    const last = (await rest.json()) as { data: { text: string }[]; next_cursor: string | null }
    expect(last.next_cursor).toBeNull()
    expect([...data, ...last.data].map((n) => n.text).sort()).toEqual(await ana.texts())
  })
})
