import type {
  BatchSettlement,
  BatchToAnchor,
  Journal,
  JournalledBatch,
  JournalledLeaf,
  Receipt,
} from '@caizheng/client-sdk'
import { parseBatch, type BatchRecord } from '@caizheng/records'
import { first, prepared, type Sqlite } from '../store/database.js'
import type { GroupCommit } from '../store/group-commit.js'

/** What came of a batch, with its record read. */
export interface SettledBatch extends Omit<BatchSettlement, 'record'> {
  readonly seq: number
  readonly record: BatchRecord
}

interface BatchRow {
  seq: number
  request: string
  settlement: string | null
}

type Stamped = Pick<Receipt, 'timeStamp'>

const JOIN = `
  UPDATE outbox SET batch = ?, position = leaf.key, leaf = leaf.value ->> 'text' FROM json_each(?) AS leaf
  WHERE place = leaf.value ->> 'key' AND state = 'QUEUED' AND batch IS NULL`

/**
 * The batcher's journal in the gateway's database. The leaves of a batch are rows of the outbox, so that one commit takes
 * documents into a batch, and one commit ends them all.
 */
export class BatchJournal implements Journal {
  constructor(
    private readonly database: Sqlite,
    private readonly commits: GroupCommit,
  ) {}

  begin({ request, leaves }: JournalledBatch): Promise<void> {
    return this.commits.write(() => {
      const { lastInsertRowid } = this.database
        .prepare('INSERT INTO batches (root, request) VALUES (?, ?)')
        .run(request.roots.sha256, JSON.stringify(request))
      // One statement: within a savepoint each costs much more than a row does.
      const { changes } = prepared(this.database, JOIN).run(lastInsertRowid, JSON.stringify(leaves))
      if (changes !== leaves.length) throw new Error(`${leaves.length - changes} documents are not waiting for a batch`)
    })
  }

  /** From here on a document's particulars are read from its leaf, which is kept for ever: twice would be waste. */
  settle(root: string, settlement: BatchSettlement): Promise<void> {
    return this.commits.write(() => {
      const row = first<BatchRow>(this.database, 'SELECT * FROM batches WHERE root = ?', root)
      if (row === undefined) throw new Error(`no batch with the root ${root} was begun`)
      this.database.prepare('UPDATE batches SET settlement = ? WHERE seq = ?').run(JSON.stringify(settlement), row.seq)
      this.database
        .prepare(
          `UPDATE outbox SET state = 'ANCHORED', request = '', last_error = NULL, block = ?
           WHERE batch = ? AND state = 'QUEUED'`,
        )
        .run(settlement.block, row.seq)
    })
  }

  *unsettled(): Generator<JournalledBatch, void, void> {
    const rows = this.database
      .prepare('SELECT * FROM batches WHERE settlement IS NULL ORDER BY seq')
      .all() as BatchRow[]
    for (const { seq, request } of rows) {
      yield { request: JSON.parse(request) as BatchToAnchor, leaves: this.leaves(seq) }
    }
  }

  /** Leaves of a batch in the order of its trees. */
  leaves(seq: number): JournalledLeaf[] {
    return this.database
      .prepare('SELECT place AS key, leaf AS text FROM outbox WHERE batch = ? ORDER BY position')
      .all(seq) as JournalledLeaf[]
  }

  /** A batch that is on the chain; undefined while that is not known. */
  find(seq: number): SettledBatch | undefined {
    const row = first<BatchRow>(this.database, 'SELECT * FROM batches WHERE seq = ? AND settlement IS NOT NULL', seq)
    if (typeof row?.settlement !== 'string') return undefined
    const settlement = JSON.parse(row.settlement) as BatchSettlement
    return { ...settlement, seq, record: parseBatch(settlement.record) }
  }

  /** Puts a fuller receipt in the place of one that an organisation was missing from, or a time-stamp beside it. */
  complete(
    seq: number,
    receipt: Pick<BatchSettlement, 'receipt' | 'organizations' | 'missing'> & Stamped,
  ): Promise<void> {
    const { receipt: whole, organizations, missing, timeStamp } = receipt
    return this.commits.write(() => {
      this.database
        .prepare('UPDATE batches SET settlement = json_patch(settlement, ?) WHERE seq = ? AND settlement IS NOT NULL')
        .run(JSON.stringify({ receipt: whole, organizations, missing, timeStamp: timeStamp ?? null }), seq)
    })
  }

  /** Documents of batches that were begun and not settled. */
  inFlight(): number {
    const sql = `SELECT sum(json_extract(request, '$.size')) AS n FROM batches WHERE settlement IS NULL`
    return first<{ n: number | null }>(this.database, sql)?.n ?? 0
  }
}
