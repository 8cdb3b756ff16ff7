import type { Anchor } from '@caizheng/records'
import type { Receipt, ReceiptOptions } from './receipt.js'

/** The way to an anchor's evidence: the client that anchored it. */
export interface EvidenceSource {
  receipt(id: string, options: ReceiptOptions): Promise<Receipt>
  evidenceFile(id: string, options: ReceiptOptions): Promise<Uint8Array>
  save(id: string, path: string, options: ReceiptOptions): Promise<Receipt>
}

/** An anchored document: its record on the chain, and the way to its evidence. */
export class Anchored {
  /** The record as the chain holds it. */
  readonly anchor: Anchor
  /** The block that holds the anchor. */
  readonly block: number
  /** `false`: the same anchor was there already, and nothing was written. */
  readonly created: boolean
  readonly #source: EvidenceSource

  constructor(source: EvidenceSource, anchor: Anchor, block: number, created: boolean) {
    this.#source = source
    this.anchor = anchor
    this.block = block
    this.created = created
  }

  get id(): string {
    return this.anchor.id
  }

  /** The transaction that wrote the anchor. */
  get transactionId(): string {
    return this.anchor.tx
  }

  /** @see EvidenceClient.receipt */
  receipt(options?: ReceiptOptions): Promise<Receipt> {
    return this.#source.receipt(this.id, { ...options, committed: true })
  }

  /** @see EvidenceClient.evidenceFile */
  evidenceFile(options?: ReceiptOptions): Promise<Uint8Array> {
    return this.#source.evidenceFile(this.id, { ...options, committed: true })
  }

  /**
   * Takes a receipt and writes the evidence file.
   *
   * @param path - by convention `<document>.evidence.json`.
   * @throws {CaizhengError} as `receipt` does; `OUTPUT_UNWRITABLE`.
   */
  save(path: string, options?: ReceiptOptions): Promise<Receipt> {
    return this.#source.save(this.id, path, { ...options, committed: true })
  }
}
