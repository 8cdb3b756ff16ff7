import { buildBatch, encodeEvidence, type Batch } from '@caizheng/evidence'
import type { Receipt } from '@caizheng/client-sdk'
import type { Logger } from 'pino'
import type { BatchJournal, SettledBatch } from './batch-journal.js'

/** Trees that are kept: whoever fetches the evidence of one document of a batch often fetches its neighbours' too. */
const KEPT = 4
/** Milliseconds between two attempts to complete a receipt: the organisation that was down may stay so for long. */
const ASK_AGAIN = 60_000

/** Makes the evidence files of documents in batches, out of the journal: the chain knows their roots only. */
export class BatchEvidence {
  /** By the batch's number, the one used last at the end. */
  private readonly trees = new Map<number, Batch>()
  private readonly asked = new Map<number, number>()

  constructor(
    private readonly journal: BatchJournal,
    private readonly receipt: (id: string) => Promise<Receipt>,
    private readonly logger: Logger,
  ) {}

  /**
   * The bytes of an evidence file for one leaf.
   *
   * @throws Error where the journal's leaves do not make the root that is on the chain
   */
  async file(batch: SettledBatch, index: number): Promise<Uint8Array> {
    const { receipt } = await this.completed(batch)
    return encodeEvidence({ receipt, subject: this.treesOf(batch).subject([index]) })
  }

  /** A receipt that an organisation was missing from is asked for again, and kept when it has become fuller. */
  private async completed(batch: SettledBatch): Promise<Pick<SettledBatch, 'receipt'>> {
    const { seq, id, missing } = batch
    const now = Date.now()
    if (missing.length === 0 || now - (this.asked.get(seq) ?? -ASK_AGAIN) < ASK_AGAIN) return batch
    this.asked.set(seq, now)
    try {
      const fresh = await this.receipt(id)
      if (fresh.missing.length >= missing.length) return batch
      await this.journal.complete(seq, fresh)
      this.asked.delete(seq)
      return fresh
    } catch (error) {
      this.logger.warn({ err: error, batch: id }, 'batches: the receipt is not completed yet')
      return batch
    }
  }

  private treesOf({ seq, record }: SettledBatch): Batch {
    const trees = this.trees.get(seq) ?? buildBatch(this.journal.leaves(seq).map(({ text }) => text))
    const { sha256, sm3 } = trees.roots
    if (sha256 !== record.roots.sha256 || sm3 !== record.roots.sm3) {
      throw new Error(`the journal's leaves do not make the batch ${record.id}: restore the database from a copy`)
    }
    this.trees.delete(seq)
    this.trees.set(seq, trees)
    for (const oldest of this.trees.keys()) if (this.trees.size > KEPT) this.trees.delete(oldest)
    return trees
  }
}
