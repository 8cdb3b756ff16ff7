import { damaged } from './errors.js'
import type { Database } from './store/database.js'
import { describeKey } from './store/describe-key.js'
import { FIRST_PRIVATE_TABLE, Table } from './store/keys.js'

/** What the blocks make; private values are not among it. */
const EVERYTHING = { gte: Buffer.of(0), lt: Buffer.of(FIRST_PRIVATE_TABLE) }
const PROGRESS_STEP = 10_000

/**
 * Walks two databases in the order of their keys and insists on the same records. Blocks are in the first only.
 *
 * @returns the number of records compared
 * @throws LedgerError `DAMAGED` at the first record that is missing, wrong or too many in `stored`
 */
export async function compareTables(
  stored: Database,
  expected: Database,
  onProgress: (done: number) => void,
): Promise<number> {
  const rows = withoutBlocks(stored)
  let count = 0
  try {
    for await (const [key, record] of expected.scan(EVERYTHING)) {
      const { value: row, done } = await rows.next()
      const order = done ? 1 : row[0].compare(key)
      if (done || order > 0) throw damaged(describeKey(key), 'it is missing')
      if (order < 0) throw damaged(describeKey(row[0]), 'no block wrote it')
      if (!record.equals(row[1])) throw damaged(describeKey(key), 'it is not what the blocks wrote')
      if (++count % PROGRESS_STEP === 0) onProgress(count)
    }
    const { value: row, done } = await rows.next()
    if (!done) throw damaged(describeKey(row[0]), 'no block wrote it')
    return count
  } finally {
    await rows.return(undefined)
  }
}

async function* withoutBlocks(database: Database): AsyncGenerator<[Buffer, Buffer], undefined> {
  const blocks = Buffer.of(Table.block)
  yield* database.scan({ gte: EVERYTHING.gte, lt: blocks })
  yield* database.scan({ gte: Buffer.of(Table.block + 1), lt: EVERYTHING.lt })
}
