import type { FabricReceipt, TimeStampEntry } from '@caizheng/evidence'

/** What is submitted of a batch: canonical JSON of it is the argument of `AnchorBatch`. */
export interface BatchToAnchor {
  /** The leaves' format label. */
  readonly leafFormat: string
  /** Number of leaves, from 1. */
  readonly size: number
  /** Roots of the two trees over the same leaf bytes, lower-case hex. */
  readonly roots: { readonly sha256: string; readonly sm3: string }
  /** The submitter's own name of the lane that it goes through: a lane has one batch in flight. */
  readonly lane: string
}

/** One document of a batch, as it must be kept: without the salt in its text the leaf can't be made again. */
export interface JournalledLeaf {
  /** What the caller named the document, to find it by; absent where it named none. */
  readonly key?: string | undefined
  /** The leaf's canonical JSON, salt included; its UTF-8 bytes are what both trees hash. */
  readonly text: string
}

/** A batch with all that is needed to submit it again and to make its evidence. */
export interface JournalledBatch {
  readonly request: BatchToAnchor
  /** In the order of the trees' leaves. */
  readonly leaves: readonly JournalledLeaf[]
}

/** What came of a batch. */
export interface BatchSettlement {
  /** The batch's id on the chain. */
  readonly id: string
  /** The record as the chain holds it: canonical JSON. */
  readonly record: string
  /** The block that holds it. */
  readonly block: number
  /** `false`: the chain held this root already, so nothing was written now. */
  readonly created: boolean
  readonly receipt: FabricReceipt
  /** MSP ids of the organisations whose nodes signed the receipt. */
  readonly organizations: readonly string[]
  /** Those that couldn't sign; empty for a full receipt. Ask for the receipt again later. */
  readonly missing: readonly string[]
  /** Over the receipt, where one was asked for and got. */
  readonly timeStamp?: TimeStampEntry
}

/**
 * What must survive a crash between making a batch and holding its receipt. A batch is named by its SHA-256 root
 * (`request.roots.sha256`), which the salts make unique.
 *
 * The batcher calls `begin` once for each batch and submits the root only after it has resolved; then `settle`, once the
 * receipt is there. A batch that stays unsettled (a crash, a network away for long) comes out of `unsettled` at the next
 * start, and is asked for again: the chain writes a root once, so that heals whatever had happened.
 *
 * Several batches are begun and settled side by side. What these methods throw ends the run.
 *
 * @example
 * ```ts
 * for await (const outcome of client.evidence.anchorAll(documents, { journal })) …
 * ```
 */
export interface Journal {
  /** Keeps a batch; resolves when it would survive a crash. */
  begin(batch: JournalledBatch): Promise<void>
  /** Keeps what came of a batch; from now on it isn't unsettled. */
  settle(root: string, settlement: BatchSettlement): Promise<void>
  /** Batches begun and not settled, in the order they were begun. Read once, before anything new is begun. */
  unsettled(): AsyncIterable<JournalledBatch> | Iterable<JournalledBatch>
}
