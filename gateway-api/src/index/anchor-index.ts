import { first, type Sqlite } from '../store/database.js'
import type { GroupCommit } from '../store/group-commit.js'

/** An anchor as the chain holds it, with its place. */
export interface IndexedAnchor {
  readonly id: string
  readonly block: number
  /** Place of the transaction in its block. */
  readonly index: number
  readonly transaction: string
  readonly project: string
  readonly type: string
  readonly sha256: string
  readonly sm3: string
  /** The record in canonical JSON, byte for byte as stored on the chain. */
  readonly record: string
}

export interface Checkpoint {
  readonly block: number
  /** Hash of that block's header. */
  readonly hash: string
}

export interface AnchorFilter {
  readonly project?: string | undefined
  readonly type?: string | undefined
}

export interface AnchorPage {
  readonly anchors: readonly IndexedAnchor[]
  /** The anchors' numbers in the index. */
  readonly numbers: readonly number[]
  /** Give it as `before` for the next page; absent on the last. */
  readonly next?: number
}

interface Row {
  seq: number
  id: string
  block: number
  tx_index: number
  tx: string
  project: string
  type: string
  sha256: string
  sm3: string
  record: string
}

/** The anchors of the chain in the order of the chain, for queries. Everything here can be had again from the blocks. */
export class AnchorIndex {
  constructor(
    private readonly database: Sqlite,
    private readonly commits: GroupCommit,
  ) {}

  checkpoint(): Checkpoint | undefined {
    return first<Checkpoint>(this.database, 'SELECT block, hash FROM checkpoint')
  }

  /**
   * Adds a block's anchors and moves the checkpoint, both or neither.
   *
   * @param also what else is written in the same transaction
   */
  append(checkpoint: Checkpoint, anchors: readonly IndexedAnchor[], also?: () => void): Promise<void> {
    return this.commits.write(() => {
      const last = this.checkpoint()
      if (checkpoint.block !== (last?.block ?? -1) + 1) {
        throw new Error(`block ${checkpoint.block} does not follow the checkpoint ${last?.block ?? 'none'}`)
      }
      const insert = this.database.prepare(
        `INSERT INTO anchors (id, block, tx_index, tx, project, type, sha256, sm3, record)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      )
      for (const a of anchors) {
        insert.run(a.id, a.block, a.index, a.transaction, a.project, a.type, a.sha256, a.sm3, a.record)
      }
      also?.()
      this.database
        .prepare(
          'INSERT INTO checkpoint VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET block = excluded.block, hash = excluded.hash',
        )
        .run(checkpoint.block, checkpoint.hash)
    })
  }

  /** Forgets everything, business records too; following from block 0 brings it back. */
  clear(): void {
    const tables = ['anchors', 'records', 'record_parties', 'record_places', 'checkpoint']
    this.database.exec(`BEGIN IMMEDIATE; ${tables.map((table) => `DELETE FROM ${table};`).join(' ')} COMMIT`)
  }

  find(id: string): IndexedAnchor | undefined {
    const row = first<Row>(this.database, 'SELECT * FROM anchors WHERE id = ?', id)
    return row && anchorOf(row)
  }

  /** Every anchor of a digest, oldest first: others may have anchored the same file. */
  byDigest(algorithm: 'sha256' | 'sm3', digest: string): IndexedAnchor[] {
    const rows = this.database.prepare(`SELECT * FROM anchors WHERE ${algorithm} = ? ORDER BY seq`).all(digest) as Row[]
    return rows.map(anchorOf)
  }

  /** Anchors newest first. The key is the place in the chain, so a page doesn't shift when new ones arrive. */
  page(filter: AnchorFilter, limit: number, before?: number): AnchorPage {
    const conditions: string[] = []
    const values: (string | number)[] = []
    const where = (condition: string, value: string | number | undefined): void => {
      if (value === undefined) return
      conditions.push(condition)
      values.push(value)
    }
    where('project = ?', filter.project)
    where('type = ?', filter.type)
    where('seq < ?', before)
    const clause = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
    const rows = this.database
      .prepare(`SELECT * FROM anchors ${clause} ORDER BY seq DESC LIMIT ?`)
      .all(...values, limit + 1) as Row[]
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return {
      anchors: shown.map(anchorOf),
      numbers: shown.map(({ seq }) => seq),
      ...(rows.length > limit && last !== undefined ? { next: last.seq } : {}),
    }
  }
}

function anchorOf(row: Row): IndexedAnchor {
  return {
    id: row.id,
    block: row.block,
    index: row.tx_index,
    transaction: row.tx,
    project: row.project,
    type: row.type,
    sha256: row.sha256,
    sm3: row.sm3,
    record: row.record,
  }
}
