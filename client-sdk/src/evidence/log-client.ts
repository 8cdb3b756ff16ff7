import { buildLog, encodeCheckpoint, type LogMember } from '@caizheng/evidence'
import {
  checkpointLimits,
  MAX_PAGE_SIZE,
  type CheckpointRecord,
  type CheckpointResult,
  type LaneEntry,
  type ListedLane,
  type Log,
} from '@caizheng/records'
import type { Link } from '../connection/link.js'
import { CaizhengError, EvaluateError, PrepareError } from '../errors/caizheng-error.js'
import type { CallOptions } from '../transactions/call.js'
import type { EvidenceContract } from './contract.js'
import { takeReceipt, type Receipt, type ReceiptOptions } from './receipt.js'

export interface ProveOptions extends ReceiptOptions {
  /** The checkpoint; the last unless given. */
  readonly number?: number | undefined
  /** Numbers of earlier checkpoints that somebody keeps: the file proves that their log is still there. */
  readonly from?: readonly number[] | undefined
  /** Ids of batches that the file proves to be in the log. */
  readonly batches?: readonly string[] | undefined
}

function invalid(message: string): never {
  throw new PrepareError('INPUT_INVALID', 'prepare', message)
}

/** `client.evidence.log`: the lanes, and the one log of all batches that checkpoints join them into. */
export class LogClient {
  readonly #link: Link
  readonly #contract: EvidenceContract
  readonly #organizations: readonly string[]

  constructor(link: Link, contract: EvidenceContract, organizations: readonly string[]) {
    this.#link = link
    this.#contract = contract
    this.#organizations = organizations
  }

  /** Every lane with its head and how far it is joined, ascending by id: those with `head.sequence > joined` are behind. */
  async *lanes(options: CallOptions = {}): AsyncGenerator<ListedLane, void, void> {
    let bookmark = ''
    do {
      const page = await this.#contract.lanes({ size: MAX_PAGE_SIZE, bookmark }, options)
      yield* page.lanes
      bookmark = page.bookmark
    } while (bookmark !== '')
  }

  /** A lane's batches from number `from` on, up to `through` or the last, with their leaf hashes. */
  async *batches(
    lane: string,
    from = 1,
    through = Number.MAX_SAFE_INTEGER,
    options: CallOptions = {},
  ): AsyncGenerator<LaneEntry, void, void> {
    for (let next = from; next <= through;) {
      const size = Math.min(MAX_PAGE_SIZE, through - next + 1)
      const entries = await this.#contract.batches(lane, next, size, options)
      yield* entries
      if (entries.length < size) return
      next += size
    }
  }

  /** The log's head; undefined before the first checkpoint. */
  async head(options: CallOptions = {}): Promise<Log | undefined> {
    try {
      return await this.#contract.log(options)
    } catch (error) {
      if (error instanceof CaizhengError && error.code === 'CHECKPOINT_NOT_FOUND') return undefined
      throw error
    }
  }

  /**
   * Joins what the lanes hold beyond the log, as much as one checkpoint takes; call it again while it gives one. Batches in
   * flight are not hindered.
   *
   * @returns undefined where nothing is to be joined.
   * @throws {EndorseError} `CHECKPOINT_CONFLICT`, `LANE_ALREADY_JOINED` where somebody else made one meanwhile: call it again.
   */
  async checkpoint(options: CallOptions = {}): Promise<CheckpointResult | undefined> {
    const lanes: { id: string; through: number }[] = []
    let room: number = checkpointLimits.batches
    for await (const { head, joined } of this.lanes(options)) {
      if (room === 0 || lanes.length === checkpointLimits.lanes) break
      const count = Math.min(room, head.sequence - joined)
      if (count === 0) continue
      lanes.push({ id: head.id, through: joined + count })
      room -= count
    }
    if (lanes.length === 0) return undefined
    const number = ((await this.head(options))?.number ?? 0) + 1
    return this.#contract.checkpoint({ number, lanes }, options)
  }

  /** The checkpoint of this number, as one node tells it. @throws {EvaluateError} `CHECKPOINT_NOT_FOUND` */
  get(number: number, options: CallOptions = {}): Promise<CheckpointRecord> {
    return this.#contract.getCheckpoint(number, options)
  }

  /** A receipt of a checkpoint, signed by the node of every organisation. @throws {EndorseError} */
  receipt(number: number, options: ReceiptOptions = {}): Promise<Receipt> {
    return takeReceipt(this.#link, this.#contract.getCheckpointCall(number), this.#organizations, options)
  }

  /**
   * A checkpoint file: a receipt of the checkpoint, with proofs made from what one node lists. What is listed is used only if
   * it leads to the checkpoint's own roots. `verifyCheckpoint` of the evidence package reads it, offline.
   *
   * @example
   * ```ts
   * const file = await client.evidence.log.prove({ from: [3], batches: [batch.id] })
   * const report = verifyCheckpoint(file, trust, { kept: fileOfCheckpoint3, batch: batch.id })
   * ```
   * @throws {EvaluateError} `CHECKPOINT_NOT_FOUND`, `BATCH_NOT_FOUND`
   * @throws {PrepareError} `INPUT_INVALID`: a batch is not in the log, or a checkpoint in `from` is a later one
   * @throws {EvaluateError} `UNEXPECTED`: the list is not that of the checkpoint
   */
  async prove({ number, from = [], batches = [], ...options }: ProveOptions = {}): Promise<Uint8Array> {
    const wanted = number ?? (await this.head(options))?.number ?? 1
    const checkpoint = await this.get(wanted, options)
    const { receipt } = await this.receipt(wanted, { ...options, committed: true })
    if (from.length === 0 && batches.length === 0) return encodeCheckpoint({ receipt })
    const entries: LaneEntry[] = []
    for await (const entry of this.leaves(wanted, options)) entries.push(entry)
    const log = entries.length === 0 ? undefined : buildLog(entries)
    if (log?.roots.sha256 !== checkpoint.roots.sha256 || log.roots.sm3 !== checkpoint.roots.sm3) {
      const message = `The batches that the node lists are not those of checkpoint ${wanted}`
      throw new EvaluateError('UNEXPECTED', 'evaluate', message)
    }
    const sizes = new Set<number>()
    for (const earlier of from) {
      const { size } = await this.get(earlier, options)
      if (earlier > wanted) invalid(`checkpoint ${earlier} is later than ${wanted}`)
      sizes.add(size)
    }
    const members: LogMember[] = []
    for (const id of new Set(batches)) {
      const index = entries.findIndex(({ batch }) => batch === id)
      if (index < 0) invalid(`batch ${id} is not in the log of checkpoint ${wanted}`)
      members.push(log.member(index, await this.#contract.getBatch(id, options)))
    }
    return encodeCheckpoint({ receipt, consistency: [...sizes].map((size) => log.consistency(size)), members })
  }

  /**
   * The leaves of the log up to a checkpoint, in its order: what proofs are made from. Nothing of it is to be trusted before
   * its root is the one of a verified checkpoint.
   */
  async *leaves(through: number, options: CallOptions = {}): AsyncGenerator<LaneEntry, void, void> {
    for (let number = 1; number <= through; number++) {
      const { lanes } = await this.get(number, options)
      for (const lane of lanes) yield* this.batches(lane.id, lane.from, lane.through, options)
    }
  }
}
