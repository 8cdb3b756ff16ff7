import type { Batches } from '../batches/batches.js'
import type { Chain } from '../chain.js'
import type { NetworkKind } from '../network-kind.js'
import type { Binding } from '../store/binding.js'
import type { TrustSource } from '../trust.js'
import type { AnchorIndex } from '../index/anchor-index.js'
import type { RecordIndex } from '../records/record-index.js'
import type { Readiness } from '../readiness.js'
import type { Outbox } from '../outbox/outbox.js'
import type { OutboxWorker } from '../outbox/worker.js'

/** Bounds on what one request may bring, in bytes. */
export interface Limits {
  /** The file of a document; it is hashed as it streams, so this bounds time rather than memory. */
  readonly file: number
  /** The JSON of a document or of a verification. */
  readonly json: number
  /** The JSON of many documents at once. */
  readonly many: number
  /** An evidence file that is to be verified. */
  readonly evidence: number
}

/** What the handlers work with. */
export interface Services {
  readonly chain: Chain
  readonly outbox: Outbox
  readonly worker: OutboxWorker
  readonly batches: Batches
  readonly index: AnchorIndex
  readonly records: RecordIndex
  readonly readiness: Readiness
  readonly limits: Limits
  /** The trust file that this gateway verifies with. */
  readonly trust: TrustSource | undefined
  readonly network: NetworkKind
  readonly binding: Binding
}
