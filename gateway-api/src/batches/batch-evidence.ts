import { evidenceAround, type Receipt } from '@caizheng/client-sdk'
import { buildBatch, type Batch } from '@caizheng/evidence'
import type { Logger } from 'pino'
import type { Chain } from '../chain.js'
import type { BatchJournal, SettledBatch } from './batch-journal.js'

/** Trees that are kept: whoever fetches the evidence of one document of a batch often fetches its neighbours' too. */
const KEPT = 4
/** Milliseconds between two attempts to complete a receipt: who was down may stay so for long. */
const ASK_AGAIN = 60_000

type Completed = Pick<SettledBatch, 'receipt' | 'organizations' | 'missing'> & Pick<Receipt, 'timeStamp'>

/** Makes the evidence files of documents in batches, out of the journal: the chain knows their roots only. */
export class BatchEvidence {
  /** By the batch's number, the one used last at the end. */
  private readonly trees = new Map<number, Batch>()
  private readonly asked = new Map<number, number>()

  constructor(
    private readonly journal: BatchJournal,
    private readonly chain: Pick<Chain, 'batchReceipt' | 'timeStamper'>,
    private readonly logger: Logger,
  ) {}

  /**
   * The bytes of an evidence file for one leaf.
   *
   * @throws Error where the journal's leaves do not make the root that is on the chain
   */
  async file(batch: SettledBatch, index: number): Promise<Uint8Array> {
    return evidenceAround(await this.completed(batch), this.treesOf(batch).subject([index]))
  }

  /** What an organisation, or the time-stamping authority, was missing from is asked for again, and kept when it is fuller. */
  private async completed(batch: SettledBatch): Promise<Completed> {
    const { seq, id, missing } = batch
    const { timeStamper, batchReceipt } = this.chain
    const now = Date.now()
    const lacks = missing.length > 0 || (timeStamper !== undefined && batch.timeStamp === undefined)
    if (!lacks || now - (this.asked.get(seq) ?? -ASK_AGAIN) < ASK_AGAIN) return batch
    this.asked.set(seq, now)
    try {
      const fuller = missing.length > 0 ? await batchReceipt(id) : undefined
      const kept: Completed = fuller !== undefined && fuller.missing.length < missing.length ? fuller : batch
      const timeStamp = kept.timeStamp ?? (await timeStamper?.stamp(kept.receipt))?.timeStamp
      if (kept === batch && timeStamp === batch.timeStamp) return batch
      const whole = { ...kept, timeStamp }
      await this.journal.complete(seq, whole)
      if (whole.missing.length === 0) this.asked.delete(seq)
      return whole
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
