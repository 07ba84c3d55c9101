// What an operator does to the database by hand.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Runs statements in one transaction. `:board` stands for the board's id. */
export async function sql(board: string, statements: string): Promise<void> {
  const { TEST_DATABASE_URL: database = '' } = process.env
  const text = statements.replaceAll(':board', `'${board}'`)
  await promisify(execFile)('psql', ['-qX', '-1', '-v', 'ON_ERROR_STOP=1', '-d', database, '-c', text])
}
