import {
  CanonicalError,
  canonicalize,
  parseAnchor,
  parseAnchorPage,
  parseAnchorResult,
  parseBatch,
  parseBatchResult,
  parseCheckpoint,
  parseCheckpointResult,
  parseLane,
  parseLaneEntries,
  parseLanePage,
  parseLog,
  parseNetwork,
  RecordError,
  type Anchor,
  type AnchorPage,
  type AnchorRequest,
  type AnchorResult,
  type BatchRecord,
  type BatchRequest,
  type BatchResult,
  type CheckpointRecord,
  type CheckpointRequest,
  type CheckpointResult,
  type Lane,
  type LaneEntry,
  type LanePage,
  type Log,
  type Network,
} from '@caizheng/records'
import type { Link } from '../connection/link.js'
import { errorAt } from '../errors/caizheng-error.js'
import type { CallOptions, ContractCall } from '../transactions/call.js'
import { evaluate } from '../transactions/evaluate.js'
import { submitWhere } from '../transactions/submit.js'

/** What anchoring came to. */
export interface AnchorOutcome extends AnchorResult {
  /** Set where this call wrote the anchor. */
  readonly block: number | undefined
}

/** What anchoring a batch came to. */
export interface BatchOutcome extends BatchResult {
  /** Set where this call wrote the record. */
  readonly block: number | undefined
}

/** Both digests can find a document. */
export type DigestAlgorithm = 'sha256' | 'sm3'

/** The functions of `EvidenceContract`, typed; answers are read strictly. */
export class EvidenceContract {
  readonly #link: Link
  readonly #chaincode: string

  constructor(link: Link, chaincode: string) {
    this.#link = link
    this.#chaincode = chaincode
  }

  /** Writes the anchor, unless it is there: then nothing is sent to the orderers. */
  async anchor(request: AnchorRequest, options: CallOptions): Promise<AnchorOutcome> {
    const read = (bytes: Uint8Array) => expected('endorse', () => parseAnchorResult(bytes))
    const call = this.#call('AnchorDocument', canonicalize(request))
    const submitted = await submitWhere(this.#link, call, (result) => read(result).created, options)
    return { ...read(submitted.result), block: submitted.committed ? submitted.block : undefined }
  }

  async get(id: string, options: CallOptions): Promise<Anchor> {
    const bytes = await evaluate(this.#link, this.getCall(id), options)
    return expected('evaluate', () => parseAnchor(bytes))
  }

  async network(options: CallOptions): Promise<Network> {
    const bytes = await evaluate(this.#link, this.#call('GetNetwork'), options)
    return expected('evaluate', () => parseNetwork(bytes))
  }

  findByDigest(algorithm: DigestAlgorithm, digest: string, page: Page, options: CallOptions): Promise<AnchorPage> {
    return this.#page(this.#call('FindByDigest', algorithm, digest, String(page.size), page.bookmark), options)
  }

  listByProject(project: string, page: Page, options: CallOptions): Promise<AnchorPage> {
    return this.#page(this.#call('ListByProject', project, String(page.size), page.bookmark), options)
  }

  listVersions(id: string, page: Page, options: CallOptions): Promise<AnchorPage> {
    return this.#page(this.#call('ListVersions', id, String(page.size), page.bookmark), options)
  }

  /** The query whose endorsements make a receipt. */
  getCall(id: string): ContractCall {
    return this.#call('GetAnchor', id)
  }

  /**
   * Writes the record of a tree, unless it is there: then nothing is sent to the orderers. Batches of one lane must be
   * sent one after the other: two at once conflict, and one of them is tried again.
   */
  async anchorBatch(request: BatchRequest, options: CallOptions): Promise<BatchOutcome> {
    const read = (bytes: Uint8Array) => expected('endorse', () => parseBatchResult(bytes))
    const call = this.#call('AnchorBatch', canonicalize(request))
    const submitted = await submitWhere(this.#link, call, (result) => read(result).created, options)
    return { ...read(submitted.result), block: submitted.committed ? submitted.block : undefined }
  }

  async getBatch(id: string, options: CallOptions): Promise<BatchRecord> {
    const bytes = await evaluate(this.#link, this.getBatchCall(id), options)
    return expected('evaluate', () => parseBatch(bytes))
  }

  /** The query whose endorsements make a batch's receipt. */
  getBatchCall(id: string): ContractCall {
    return this.#call('GetBatch', id)
  }

  /** Where a lane stands. */
  async lane(id: string, options: CallOptions): Promise<Lane> {
    const bytes = await evaluate(this.#link, this.#call('GetLane', id), options)
    return expected('evaluate', () => parseLane(bytes))
  }

  /** One page of all lanes, with how far each is in the log. */
  async lanes(page: Page, options: CallOptions): Promise<LanePage> {
    const bytes = await evaluate(this.#link, this.#call('ListLanes', String(page.size), page.bookmark), options)
    return expected('evaluate', () => parseLanePage(bytes))
  }

  /** A lane's batches by number, from one on: at most `size` of them, without gap. */
  async batches(lane: string, from: number, size: number, options: CallOptions): Promise<readonly LaneEntry[]> {
    const bytes = await evaluate(this.#link, this.#call('ListBatches', lane, String(from), String(size)), options)
    return expected('evaluate', () => parseLaneEntries(bytes))
  }

  /** Joins lanes into the log, unless the checkpoint of that number did the same already: then nothing is sent. */
  async checkpoint(request: CheckpointRequest, options: CallOptions): Promise<CheckpointResult> {
    const read = (bytes: Uint8Array) => expected('endorse', () => parseCheckpointResult(bytes))
    const call = this.#call('Checkpoint', canonicalize(request))
    return read((await submitWhere(this.#link, call, (result) => read(result).created, options)).result)
  }

  async getCheckpoint(number: number, options: CallOptions): Promise<CheckpointRecord> {
    const bytes = await evaluate(this.#link, this.getCheckpointCall(number), options)
    return expected('evaluate', () => parseCheckpoint(bytes))
  }

  /** The query whose endorsements make a checkpoint's receipt. */
  getCheckpointCall(number: number): ContractCall {
    return this.#call('GetCheckpoint', String(number))
  }

  /** The log's head: its last checkpoint and size. */
  async log(options: CallOptions): Promise<Log> {
    const bytes = await evaluate(this.#link, this.#call('GetLog'), options)
    return expected('evaluate', () => parseLog(bytes))
  }

  #call(name: string, ...args: string[]): ContractCall {
    return { chaincode: this.#chaincode, function: `EvidenceContract:${name}`, arguments: args }
  }

  async #page(call: ContractCall, options: CallOptions): Promise<AnchorPage> {
    const bytes = await evaluate(this.#link, call, options)
    return expected('evaluate', () => parseAnchorPage(bytes))
  }
}

/** One page of a listing. */
export interface Page {
  readonly size: number
  /** From the page before; empty for the first. */
  readonly bookmark: string
}

function expected<T>(stage: 'endorse' | 'evaluate', read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (!(cause instanceof RecordError || cause instanceof CanonicalError)) throw cause
    throw errorAt(stage, 'RESPONSE_INVALID', `The chaincode's answer is unreadable: ${cause.message}`, { cause })
  }
}
