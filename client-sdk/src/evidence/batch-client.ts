import type { BatchRecord, BatchRequest, Lane } from '@caizheng/records'
import type { Link } from '../connection/link.js'
import type { CallOptions } from '../transactions/call.js'
import type { BatchOutcome, EvidenceContract } from './contract.js'
import { takeReceipt, type Receipt, type ReceiptOptions } from './receipt.js'

/** `client.evidence.batch`: the records of trees, one by one. Whoever has documents rather than trees wants more than this. */
export class BatchClient {
  readonly #link: Link
  readonly #contract: EvidenceContract
  readonly #organizations: readonly string[]

  constructor(link: Link, contract: EvidenceContract, organizations: readonly string[]) {
    this.#link = link
    this.#contract = contract
    this.#organizations = organizations
  }

  /**
   * Writes the record of a tree. The same tree again is the same record: `created` is `false` then, whatever the lane.
   * Send the batches of one lane one after the other; lanes fly side by side.
   *
   * @example
   * ```ts
   * const batch = buildBatch(leaves) // journal the leaves first: without their salts the tree can't be made again
   * const { size, roots } = batch
   * const outcome = await client.evidence.batch.anchor({ leafFormat: LEAF_FORMAT, size, roots, lane: 'gateway-1' })
   * const { receipt } = await client.evidence.batch.receipt(outcome.batch.id, { committed: true })
   * const file = encodeEvidence({ receipt, subject: batch.subject([17]) })
   * ```
   * @throws {EndorseError} `BATCH_CONFLICT`, …
   * @throws {SubmitError} `OUTCOME_UNKNOWN`: anchor it again, which is harmless
   */
  anchor(request: BatchRequest, options: CallOptions = {}): Promise<BatchOutcome> {
    return this.#contract.anchorBatch(request, options)
  }

  /** The record with this id, as one node tells it. @throws {EvaluateError} `BATCH_NOT_FOUND` */
  get(id: string, options: CallOptions = {}): Promise<BatchRecord> {
    return this.#contract.getBatch(id, options)
  }

  /**
   * A receipt of the record, as of an anchor: every node organisation signs that it holds it. Nothing is written.
   *
   * @throws {EndorseError} `NOT_ENOUGH_ORGANIZATIONS`, `BATCH_NOT_FOUND`, …
   */
  receipt(id: string, options: ReceiptOptions = {}): Promise<Receipt> {
    return takeReceipt(this.#link, this.#contract.getBatchCall(id), this.#organizations, options)
  }

  /** Where a lane stands, as one node tells it; its id: `laneId` of the evidence package. @throws {EvaluateError} `LANE_NOT_FOUND` */
  lane(id: string, options: CallOptions = {}): Promise<Lane> {
    return this.#contract.lane(id, options)
  }
}
