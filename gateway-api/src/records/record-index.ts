import { first, type Sqlite } from '../store/database.js'
import type { WrittenRecord } from './extract.js'

/** Where in the chain a record was written. */
export interface RecordPlace {
  readonly block: number
  readonly index: number
  readonly transaction: string
  readonly by: string
  readonly status?: string
}

/** A record as the chain holds it now, with the place of its last change. */
export interface IndexedRecord extends RecordPlace {
  /** Its number in the index: that of its first appearance. */
  readonly seq: number
  readonly kind: string
  readonly id: string
  readonly project?: string
  readonly contract?: string
  readonly day?: string
  /** Canonical JSON. */
  readonly record: string
}

export interface RecordFilter {
  readonly party?: string | undefined
  readonly project?: string | undefined
  readonly contract?: string | undefined
  readonly status?: string | undefined
  /** First and last day, in Asia/Shanghai. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export interface RecordPage {
  readonly records: readonly IndexedRecord[]
  /** Give it as `before` for the next page; absent on the last. */
  readonly next?: number
}

interface Row {
  seq: number
  kind: string
  id: string
  project: string | null
  contract: string | null
  status: string | null
  day: string | null
  block: number
  tx_index: number
  tx: string
  called: string
  record: string
}

/** The business records of the chain in the order in which they appeared, for queries. All of it can be had again from the blocks. */
export class RecordIndex {
  constructor(private readonly database: Sqlite) {}

  /** Takes in what a block wrote. Called within the transaction that moves the checkpoint. */
  add(records: readonly WrittenRecord[]): void {
    for (const record of records) this.write(record)
  }

  find(kind: string, id: string): IndexedRecord | undefined {
    const row = first<Row>(this.database, 'SELECT * FROM records WHERE kind = ? AND id = ?', kind, id)
    return row && recordOf(row)
  }

  /** Every place in which a record was written, oldest first. */
  places({ seq }: Pick<IndexedRecord, 'seq'>): RecordPlace[] {
    const rows = this.database
      .prepare('SELECT * FROM record_places WHERE record = ? ORDER BY block, tx_index')
      .all(seq) as Pick<Row, 'block' | 'tx_index' | 'tx' | 'called' | 'status'>[]
    return rows.map(placeOf)
  }

  /** Records of a kind, those that appeared last first. */
  page(kind: string, filter: RecordFilter, limit: number, before?: number): RecordPage {
    const conditions = ['kind = ?']
    const values: (string | number)[] = [kind]
    const where = (condition: string, value: string | number | undefined): void => {
      if (value === undefined) return
      conditions.push(condition)
      values.push(value)
    }
    where('project = ?', filter.project)
    where('contract = ?', filter.contract)
    where('status = ?', filter.status)
    where('day >= ?', filter.from)
    where('day <= ?', filter.to)
    where('seq IN (SELECT record FROM record_parties WHERE uscc = ?)', filter.party)
    where('seq < ?', before)
    const rows = this.database
      .prepare(`SELECT * FROM records WHERE ${conditions.join(' AND ')} ORDER BY seq DESC LIMIT ?`)
      .all(...values, limit + 1) as Row[]
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    return { records: shown.map(recordOf), ...(rows.length > limit && last !== undefined ? { next: last.seq } : {}) }
  }

  /** Sum of a member that is an amount in fen, over a contract's records of a kind in a status. */
  sum(kind: string, contract: string, status: string, member: string): bigint {
    const found = first<{ total: string | null }>(
      this.database,
      `SELECT CAST(SUM(CAST(json_extract(record, ?) AS INTEGER)) AS TEXT) AS total FROM records
       WHERE kind = ? AND contract = ? AND status = ?`,
      ...[`$.${member}`, kind, contract, status],
    )
    return BigInt(found?.total ?? '0')
  }

  private write({ kind, id, project, contract, status, day, parties = [], ...rest }: WrittenRecord): void {
    const { block, index, transaction, by, record } = rest
    this.database
      .prepare(
        `INSERT INTO records (kind, id, project, contract, status, day, block, tx_index, tx, called, record)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE SET status = excluded.status, block = excluded.block,
           tx_index = excluded.tx_index, tx = excluded.tx, called = excluded.called, record = excluded.record`,
      )
      .run(
        ...[kind, id, project ?? null, contract ?? null, status ?? null, day ?? null],
        ...[block, index, transaction, by, record],
      )
    // What has no status is looked up by its key alone
    if (status === undefined) return
    const seq = this.seqOf(kind, id)
    if (seq === undefined) return
    this.database
      .prepare('INSERT OR REPLACE INTO record_places VALUES (?, ?, ?, ?, ?, ?)')
      .run(seq, block, index, transaction, by, status)
    const contractSeq = contract === undefined ? undefined : this.seqOf('contract', contract)
    if (contractSeq !== undefined && contractSeq !== seq) this.copyParties(contractSeq, seq)
    this.addParties(seq, parties)
    // Whose contract it is, that party's the project is too
    const projectSeq = kind === 'contract' && project !== undefined ? this.seqOf('project', project) : undefined
    if (projectSeq !== undefined) this.addParties(projectSeq, parties)
  }

  private seqOf(kind: string, id: string): number | undefined {
    return first<{ seq: number }>(this.database, 'SELECT seq FROM records WHERE kind = ? AND id = ?', kind, id)?.seq
  }

  private addParties(seq: number, parties: readonly string[]): void {
    const insert = this.database.prepare('INSERT OR IGNORE INTO record_parties VALUES (?, ?)')
    for (const uscc of parties) insert.run(uscc, seq)
  }

  private copyParties(from: number, to: number): void {
    this.database
      .prepare('INSERT OR IGNORE INTO record_parties SELECT uscc, ? FROM record_parties WHERE record = ?')
      .run(to, from)
  }
}

function placeOf(row: Pick<Row, 'block' | 'tx_index' | 'tx' | 'called' | 'status'>): RecordPlace {
  const { block, tx_index: index, tx: transaction, called: by, status } = row
  return { block, index, transaction, by, ...(status === null ? {} : { status }) }
}

function recordOf(row: Row): IndexedRecord {
  const { seq, kind, id, project, contract, day, record } = row
  return {
    ...{ seq, kind, id, record },
    ...placeOf(row),
    ...(project === null ? {} : { project }),
    ...(contract === null ? {} : { contract }),
    ...(day === null ? {} : { day }),
  }
}
