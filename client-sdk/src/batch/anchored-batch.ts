import type { Batch, TreeAlgorithm } from '@caizheng/evidence'
import type { BatchRecord } from '@caizheng/records'
import { evidenceAround, type Receipt } from '../evidence/receipt.js'
import { writeWhole } from '../evidence/write-whole.js'
import type { JournalledLeaf } from './journal.js'

export interface AnchoredBatchParts {
  readonly record: BatchRecord
  readonly block: number
  readonly created: boolean
  readonly recovered: boolean
  readonly receipt: Receipt
  readonly leaves: readonly JournalledLeaf[]
  readonly trees: Batch
}

/** A batch that is on the chain, with its receipt, its leaves and both trees: all that evidence is made of. */
export class AnchoredBatch {
  /** The record as the chain holds it. */
  readonly record: BatchRecord
  /** The block that holds it. */
  readonly block: number
  /** `false`: the chain held this root already, and nothing was written now. */
  readonly created: boolean
  /** It came out of the journal: an earlier run had begun it. */
  readonly recovered: boolean
  /** One for all documents. Where `missing` names organisations, take another later: `client.evidence.batch.receipt`. */
  readonly receipt: Receipt
  /** In the order of the trees. */
  readonly leaves: readonly JournalledLeaf[]
  readonly #trees: Batch

  constructor({ record, block, created, recovered, receipt, leaves, trees }: AnchoredBatchParts) {
    this.record = record
    this.block = block
    this.created = created
    this.recovered = recovered
    this.receipt = receipt
    this.leaves = leaves
    this.#trees = trees
  }

  /** The batch's id on the chain. */
  get id(): string {
    return this.record.id
  }

  /** Number of documents. */
  get size(): number {
    return this.leaves.length
  }

  /**
   * A leaf's RFC 9162 path in one of the trees, from its neighbour upwards, 32 bytes each.
   *
   * @throws RangeError if there is no such leaf
   */
  path(algorithm: TreeAlgorithm, index: number): Uint8Array[] {
    return this.#trees.trees[algorithm].path(index)
  }

  /**
   * The bytes of an evidence file for some of the documents, or for the lot: inner nodes that they share stand in it once.
   *
   * @param indices - of the leaves, strictly ascending; all unless given.
   * @throws RangeError for other indices; {EvidenceError} `TOO_LARGE` where the lot needs more than one file.
   */
  evidenceFile(indices?: readonly number[]): Uint8Array {
    return evidenceAround(this.receipt, this.#trees.subject(indices))
  }

  /**
   * Writes {@link evidenceFile}, whole or not at all.
   *
   * @throws {PrepareError} `OUTPUT_UNWRITABLE`
   */
  save(path: string, indices?: readonly number[]): Promise<void> {
    return writeWhole(path, this.evidenceFile(indices))
  }
}
