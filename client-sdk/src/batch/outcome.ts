import type { Leaf } from '@caizheng/evidence'
import type { CaizhengError } from '../errors/caizheng-error.js'
import type { Anchored } from '../evidence/anchored.js'
import type { Receipt } from '../evidence/receipt.js'
import type { TimeStamper } from '../evidence/time-stamper.js'
import type { AnchoredBatch } from './anchored-batch.js'

/** What became of one document of a stream. */
export type DocumentOutcome = BatchedDocument | SingleDocument | RefusedDocument

/** A document that is a leaf of a batch on the chain. */
export class BatchedDocument {
  readonly kind = 'batched'
  readonly batch: AnchoredBatch
  /** The leaf's number in the batch, from 0. */
  readonly index: number

  constructor(batch: AnchoredBatch, index: number) {
    this.batch = batch
    this.index = index
  }

  /** The caller's name for it. */
  get key(): string | undefined {
    return this.batch.leaves[this.index]?.key
  }

  /** What the tree holds of it: its digests and what was said about it, with its salt. */
  get leaf(): Leaf {
    return JSON.parse(this.batch.leaves[this.index]?.text ?? 'null') as Leaf
  }

  /** The bytes of its own evidence file: leaf, both paths, the batch's receipt. */
  evidenceFile(): Promise<Uint8Array> {
    return Promise.resolve(this.batch.evidenceFile([this.index]))
  }

  /** Writes its evidence file, whole or not at all. @throws {PrepareError} `OUTPUT_UNWRITABLE` */
  save(path: string): Promise<void> {
    return this.batch.save(path, [this.index])
  }
}

/** A document that was anchored by itself, since a rule must see it or it replaces another. */
export class SingleDocument {
  readonly kind = 'single'
  readonly key: string | undefined
  readonly anchored: Anchored
  readonly #timeStamper: TimeStamper | undefined

  constructor(key: string | undefined, anchored: Anchored, timeStamper?: TimeStamper) {
    this.key = key
    this.anchored = anchored
    this.#timeStamper = timeStamper
  }

  /** Takes a receipt and makes its evidence file. @throws {CaizhengError} as `receipt` does */
  evidenceFile(): Promise<Uint8Array> {
    return this.anchored.evidenceFile({ timeStamper: this.#timeStamper })
  }

  /** Takes a receipt and writes its evidence file. @throws {CaizhengError} as `receipt` does; `OUTPUT_UNWRITABLE` */
  save(path: string): Promise<Receipt> {
    return this.anchored.save(path, { timeStamper: this.#timeStamper })
  }
}

/** A document that can't be anchored as it was given, or that the contract refused. Nothing of it is on the chain. */
export class RefusedDocument {
  readonly kind = 'refused'
  readonly key: string | undefined
  /** `INPUT_INVALID`, `DOCUMENT_NOT_FOUND`, …, or a code of the contract, such as `ANCHOR_CONFLICT`. */
  readonly error: CaizhengError

  constructor(key: string | undefined, error: CaizhengError) {
    this.key = key
    this.error = error
  }
}

/** What was closed together: the documents of one window, in their order, and the batch that most of them ride in. */
export interface AnchoredWindow {
  readonly outcomes: readonly DocumentOutcome[]
  /** Absent where no document of the window may ride in a batch. */
  readonly batch: AnchoredBatch | undefined
}
