import type { BatchRecord } from '@caizheng/records'
import type { AboutDocument } from '../evidence/about.js'
import type { Anchored } from '../evidence/anchored.js'
import type { DocumentDigests } from '../evidence/digests.js'
import type { Receipt, ReceiptOptions } from '../evidence/receipt.js'
import type { CallOptions } from '../transactions/call.js'
import type { BatchToAnchor } from './journal.js'

/** What the batcher needs of the chain. */
export interface Chain {
  /** Writes a root, or finds it there; `block` is where the record stands. */
  anchorBatch(
    request: BatchToAnchor,
    options: CallOptions,
  ): Promise<{ readonly created: boolean; readonly batch: BatchRecord; readonly block: number }>
  /** Of a batch that is on the chain. */
  receipt(id: string, options: ReceiptOptions): Promise<Receipt>
  /** Anchors one document by itself. */
  anchorAlone(digests: DocumentDigests, about: AboutDocument, options: CallOptions): Promise<Anchored>
}
