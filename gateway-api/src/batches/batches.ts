import type { Logger } from 'pino'
import type { Chain } from '../chain.js'
import type { BatchLimits } from '../options.js'
import type { AnchorFilter } from '../index/anchor-index.js'
import type { Outbox, OutboxEntry } from '../outbox/outbox.js'
import type { Binding } from '../store/binding.js'
import type { Sqlite } from '../store/database.js'
import type { GroupCommit } from '../store/group-commit.js'
import { BatchEvidence } from './batch-evidence.js'
import { BatchJournal, type SettledBatch } from './batch-journal.js'
import { BatchWorker } from './batch-worker.js'
import { pageOfBatched, type BatchedPlace } from './batched-documents.js'

/** Milliseconds for which a batch is tried again before its trouble is said and everything waits a little. */
const PATIENCE = 1_500

export interface BatchesParts {
  readonly chain: Pick<Chain, 'anchorWindows' | 'batchReceipt' | 'timeStamper'>
  readonly database: Sqlite
  readonly commits: GroupCommit
  readonly outbox: Outbox
  readonly binding: Binding
  readonly limits: BatchLimits
  readonly announce: (place: string) => void
  readonly logger: Logger
}

/** A document in a batch that is on the chain. */
export interface BatchedDocument {
  readonly entry: OutboxEntry
  readonly batch: SettledBatch
  readonly index: number
}

/** Everything about documents in batches: what carries them to the chain, finds them, makes their evidence. */
export class Batches {
  private readonly database: Sqlite
  private readonly journal: BatchJournal
  private readonly worker: BatchWorker
  private readonly files: BatchEvidence

  constructor({ chain, database, commits, outbox, binding, limits, announce, logger }: BatchesParts) {
    this.database = database
    this.journal = new BatchJournal(database, commits)
    this.files = new BatchEvidence(this.journal, chain, logger)
    const { journal } = this
    this.worker = new BatchWorker({
      outbox,
      journal,
      announce,
      logger,
      anchorWindows: (documents, kept, signal) =>
        chain.anchorWindows(documents, {
          ...limits,
          lane: binding.lane(),
          journal: kept,
          patience: PATIENCE,
          ordered: false,
          signal,
        }),
    })
  }

  start(): void {
    this.worker.start()
  }

  stop(grace: number): Promise<void> {
    return this.worker.stop(grace)
  }

  poke(): void {
    this.worker.poke()
  }

  status(): ReturnType<BatchWorker['status']> {
    return this.worker.status()
  }

  /** The batch of an entry; undefined where it rides in none, or the chain has not answered yet. */
  of(entry: OutboxEntry): BatchedDocument | undefined {
    if (entry.leaf === undefined) return undefined
    const batch = this.journal.find(entry.leaf.batch)
    return batch && { entry, batch, index: entry.leaf.index }
  }

  /** Newest first; with each the place to go on below. */
  page(
    filter: AnchorFilter,
    limit: number,
    below?: BatchedPlace,
  ): { readonly document: BatchedDocument; readonly at: BatchedPlace }[] {
    const known = new Map<number, SettledBatch | undefined>()
    return pageOfBatched(this.database, filter, limit, below).map(({ entry, at }) => {
      if (!known.has(at.batch)) known.set(at.batch, this.journal.find(at.batch))
      const batch = known.get(at.batch)
      if (batch === undefined) throw new Error(`batch ${at.batch} has documents on the chain and is not settled`)
      return { document: { entry, batch, index: at.index }, at }
    })
  }

  /** The bytes of a document's own evidence file. */
  evidence({ batch, index }: BatchedDocument): Promise<Uint8Array> {
    return this.files.file(batch, index)
  }
}
