import { sql } from './sql.ts'
import { expect, expectSame, newBoard, test } from './world.ts'

test('a full disk is told in words that can be read, and what was written meanwhile is saved when there is room', async ({ join, request }) => {
  const board = await newBoard(request)
  const ana = await join('Ana', board.edit_url)
  const ben = await join('Ben', board.edit_url)
  await ana.write({ x: 400, y: 300 }, 'saved before')
  await ana.expectSaved()

  // What Postgres raises when it cannot make a file longer, for this board alone.
  const full = `"full disk of ${board.id}"`
  await sql(board.id, `
    CREATE FUNCTION ${full}() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER ${full} AFTER INSERT ON events FOR EACH ROW WHEN (NEW.board_id = :board) EXECUTE FUNCTION ${full}()`)
  await ana.write({ x: 700, y: 300 }, 'written meanwhile')
  await expect(ana.state).toHaveText(/^Can’t save yet, \d+ changes? kept$/)
  const notice = ana.page.locator('.notice')
  await expect(notice).toContainText("The server's disk is full. Your changes are kept on this device until they can be saved.")
  await expect(ben.note('written meanwhile')).toHaveCount(0)

  await sql(board.id, `DROP TRIGGER ${full} ON events; DROP FUNCTION ${full}()`)
  await ana.expectSaved()
  await expect(notice).toBeHidden()
  await expect(ben.note('written meanwhile')).toBeVisible()
  await expectSame(request, board, [ana, ben])
  expect(await ben.texts()).toEqual(['saved before', 'written meanwhile'])
})
