import type { Anchor } from '@caizheng/records'
import type { EvidenceClient } from './evidence-client.js'
import type { Receipt, ReceiptOptions } from './receipt.js'

/** An anchored document: its record on the chain, and the way to its evidence. */
export class Anchored {
  /** The record as the chain holds it. */
  readonly anchor: Anchor
  /** The block that holds the anchor. */
  readonly block: number
  /** `false`: the same anchor was there already, and nothing was written. */
  readonly created: boolean
  readonly #client: EvidenceClient

  constructor(client: EvidenceClient, anchor: Anchor, block: number, created: boolean) {
    this.#client = client
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
    return this.#client.receipt(this.id, { ...options, committed: true })
  }

  /** @see EvidenceClient.evidenceFile */
  evidenceFile(options?: ReceiptOptions): Promise<Uint8Array> {
    return this.#client.evidenceFile(this.id, { ...options, committed: true })
  }

  /**
   * Takes a receipt and writes the evidence file.
   *
   * @param path - by convention `<document>.evidence.json`.
   * @throws {CaizhengError} as `receipt` does; `OUTPUT_UNWRITABLE`.
   */
  save(path: string, options?: ReceiptOptions): Promise<Receipt> {
    return this.#client.save(this.id, path, { ...options, committed: true })
  }
}
