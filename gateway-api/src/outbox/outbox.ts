import { first, prepared, type Sqlite } from '../store/database.js'
import type { GroupCommit } from '../store/group-commit.js'
import { documentOf } from './leaf.js'
import type { Outcome } from './outcome.js'

export type OutboxState = 'QUEUED' | 'ANCHORED' | 'REFUSED'

/** How a document reaches the chain: in a transaction of its own, or as a leaf of a batch. */
export type Route = 'SINGLE' | 'BATCH'

/** A document to be anchored, as it was validated. */
export interface OutboxDocument {
  /** Where the document is found from acceptance on; follows from project, type and digest. */
  readonly place: string
  readonly project: string
  readonly type: string
  readonly sha256: string
  readonly sm3: string
  /** The request in canonical JSON: equal text means the same document with the same particulars. */
  readonly request: string
  readonly route: Route
}

/** A row of the journal. */
export interface OutboxEntry extends OutboxDocument {
  readonly state: OutboxState
  readonly acceptedAt: string
  readonly attempts: number
  /** Why the last attempt brought no outcome. */
  readonly lastError?: string
  /** Of a document by itself. One in a batch has the outcome of its batch: see `BatchJournal`. */
  readonly outcome?: Outcome
  /** Its batch's number in the journal and its own in the batch, once that was begun. */
  readonly leaf?: { readonly batch: number; readonly index: number }
}

/** What became of a document that was offered to the outbox. */
export type Accepted =
  | { readonly kind: 'journalled' | 'known'; readonly entry: OutboxEntry }
  | { readonly kind: 'conflict'; readonly entry: OutboxEntry }
  | { readonly kind: 'full' }

/** What became of many, in their order; or the first that stands against all. */
export type AcceptedAll =
  | { readonly kind: 'accepted'; readonly entries: readonly OutboxEntry[] }
  | { readonly kind: 'conflict'; readonly at: number; readonly entry: OutboxEntry }
  | { readonly kind: 'full' }

export interface OutboxRow {
  seq: number
  place: string
  state: OutboxState
  project: string
  type: string
  sha256: string
  sm3: string
  request: string
  accepted_at: string
  attempts: number
  last_error: string | null
  outcome: string | null
  route: Route
  batch: number | null
  position: number | null
  leaf: string | null
}

/**
 * The journal of accepted documents (待上链队列). A document's place follows from its content and its submitter, so that
 * offering it again finds the same row: no idempotency key is needed, and losing an answer costs nothing.
 */
export class Outbox {
  constructor(
    private readonly database: Sqlite,
    private readonly commits: GroupCommit,
    /** Documents that may wait for the chain. */
    readonly limit: number,
  ) {}

  /**
   * Journals a document; resolves after the disk has it.
   *
   * A refused document is queued again, since what the chain lacked may be there by now. Other particulars for the same
   * place are a conflict, unless the chain refused the first ones.
   */
  accept(document: OutboxDocument): Promise<Accepted> {
    return this.commits.write(() => this.offer(document, () => this.queued() < this.limit))
  }

  /** Journals many documents, all or none; resolves after the disk has them. */
  async acceptAll(documents: readonly OutboxDocument[]): Promise<AcceptedAll> {
    try {
      return await this.commits.write((): AcceptedAll => {
        let room = this.limit - this.queued()
        const entries = documents.map((document, at) => {
          const accepted = this.offer(document, () => room-- > 0)
          if (accepted.kind === 'full') throw new Declined(accepted)
          if (accepted.kind === 'conflict') throw new Declined({ ...accepted, at })
          return accepted.entry
        })
        return { kind: 'accepted', entries }
      })
    } catch (error) {
      if (error instanceof Declined) return error.answer
      throw error
    }
  }

  find(place: string): OutboxEntry | undefined {
    const row = first<OutboxRow>(this.database, 'SELECT * FROM outbox WHERE place = ?', place)
    return row && entryOf(row)
  }

  /** Every entry of a digest, oldest first. */
  byDigest(algorithm: 'sha256' | 'sm3', digest: string): OutboxEntry[] {
    const rows = prepared(this.database, `SELECT * FROM outbox WHERE ${algorithm} = ? ORDER BY seq`).all(
      digest,
    ) as OutboxRow[]
    return rows.map(entryOf)
  }

  /** Documents that wait for an outcome. */
  queued(): number {
    return first<{ n: number }>(this.database, `SELECT count(*) AS n FROM outbox WHERE state = 'QUEUED'`)?.n ?? 0
  }

  /** Documents that no batch has yet, the oldest first, beyond the one that was accepted as number `after`. */
  toBatch(after: number, count: number): (OutboxDocument & { readonly seq: number })[] {
    const sql = `SELECT * FROM outbox WHERE state = 'QUEUED' AND route = 'BATCH' AND batch IS NULL AND seq > ? ORDER BY seq LIMIT ?`
    const rows = prepared(this.database, sql).all(after, count) as OutboxRow[]
    return rows.map((row) => ({ ...entryOf(row), seq: row.seq }))
  }

  /** The oldest documents by themselves that may be submitted at `now`. */
  due(now: number, count: number): OutboxEntry[] {
    const sql = `SELECT * FROM outbox WHERE state = 'QUEUED' AND route = 'SINGLE' AND retry_at <= ? ORDER BY seq LIMIT ?`
    return (prepared(this.database, sql).all(now, count) as OutboxRow[]).map(entryOf)
  }

  /** When the next document that is delayed beyond `now` may be tried, in milliseconds since the epoch. */
  nextDelayed(now: number): number | undefined {
    const sql = `SELECT min(retry_at) AS at FROM outbox WHERE state = 'QUEUED' AND route = 'SINGLE' AND retry_at > ?`
    return first<{ at: number | null }>(this.database, sql, now)?.at ?? undefined
  }

  /** Records an outcome; an entry that has one keeps it. */
  settle(place: string, outcome: Outcome): Promise<void> {
    return this.commits.write(() => {
      prepared(
        this.database,
        `UPDATE outbox SET state = ?, outcome = ?, last_error = NULL WHERE place = ? AND state = 'QUEUED'`,
      ).run(outcome.state, JSON.stringify(outcome), place)
    })
  }

  /** Notes an attempt without an outcome. */
  postpone(place: string, reason: string, retryAt: number): Promise<void> {
    return this.commits.write(() => {
      prepared(
        this.database,
        `UPDATE outbox SET attempts = attempts + 1, last_error = ?, retry_at = ? WHERE place = ? AND state = 'QUEUED'`,
      ).run(reason, retryAt, place)
    })
  }

  /** After a restart nothing is in flight and no delay is owed. */
  resetDelays(): void {
    this.database.exec(`UPDATE outbox SET retry_at = 0 WHERE state = 'QUEUED' AND retry_at > 0`)
  }

  private offer(document: OutboxDocument, hasRoom: () => boolean): Accepted {
    const known = this.find(document.place)
    if (known !== undefined && known.state !== 'REFUSED') {
      return { kind: known.request === document.request ? 'known' : 'conflict', entry: known }
    }
    if (!hasRoom()) return { kind: 'full' }
    // A new row with a new number: the batcher reads on from the last number that it saw.
    if (known !== undefined) prepared(this.database, 'DELETE FROM outbox WHERE place = ?').run(document.place)
    return { kind: 'journalled', entry: this.insert(document) }
  }

  private insert(document: OutboxDocument): OutboxEntry {
    const { place, project, type, sha256, sm3, request, route } = document
    const acceptedAt = new Date().toISOString()
    prepared(
      this.database,
      `INSERT INTO outbox (place, state, project, type, sha256, sm3, request, route, accepted_at)
         VALUES (?, 'QUEUED', ?, ?, ?, ?, ?, ?, ?)`,
    ).run(place, project, type, sha256, sm3, request, route, acceptedAt)
    return { ...document, state: 'QUEUED', acceptedAt, attempts: 0 }
  }
}

/** Thrown inside a write to take it back. */
class Declined extends Error {
  constructor(readonly answer: AcceptedAll) {
    super(answer.kind)
  }
}

export function entryOf(row: OutboxRow): OutboxEntry {
  return {
    place: row.place,
    state: row.state,
    project: row.project,
    type: row.type,
    sha256: row.sha256,
    sm3: row.sm3,
    // Of a batch on the chain only the leaves are kept.
    request: row.request === '' && row.leaf !== null ? documentOf(row.leaf) : row.request,
    route: row.route,
    acceptedAt: row.accepted_at,
    attempts: row.attempts,
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
    ...(row.outcome === null ? {} : { outcome: JSON.parse(row.outcome) as Outcome }),
    ...(row.batch === null || row.position === null ? {} : { leaf: { batch: row.batch, index: row.position } }),
  }
}
