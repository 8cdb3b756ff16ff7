import type { AnchorFilter } from '../index/anchor-index.js'
import { entryOf, type OutboxEntry, type OutboxRow } from '../outbox/outbox.js'
import type { Sqlite } from '../store/database.js'

/** Where a document in a batch stands in the order of the chain. */
export interface BatchedPlace {
  readonly block: number
  readonly batch: number
  readonly index: number
}

/** Documents in batches on the chain, newest first, below a place. */
export function pageOfBatched(
  database: Sqlite,
  { project, type }: AnchorFilter,
  limit: number,
  below?: BatchedPlace,
): { readonly entry: OutboxEntry; readonly at: BatchedPlace }[] {
  const conditions = ['block IS NOT NULL']
  const values: (string | number)[] = []
  if (project !== undefined) {
    conditions.push('project = ?')
    values.push(project)
  }
  if (type !== undefined) {
    conditions.push('type = ?')
    values.push(type)
  }
  if (below !== undefined) {
    conditions.push('(block, batch, position) < (?, ?, ?)')
    values.push(below.block, below.batch, below.index)
  }
  const sql = `SELECT * FROM outbox WHERE ${conditions.join(' AND ')} ORDER BY block DESC, batch DESC, position DESC LIMIT ?`
  const rows = database.prepare(sql).all(...values, limit) as (OutboxRow & BatchedRow)[]
  return rows.map((row) => ({
    entry: entryOf(row),
    at: { block: row.block, batch: row.batch, index: row.position },
  }))
}

interface BatchedRow {
  block: number
  batch: number
  position: number
}
