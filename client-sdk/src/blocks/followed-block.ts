/**
 * A committed block as an index or a watcher needs it: decoded, with the peer's verdict on each transaction.
 *
 * The verdicts (`code`) come from the one peer that the client is connected to; orderers don't sign them. Who needs
 * proof asks for a receipt.
 */
export interface FollowedBlock {
  readonly number: number
  /** SHA-256 of the header's DER bytes, lower-case hex; the next block's `previousHash`. */
  readonly hash: string
  /** Lower-case hex; empty for block 0. */
  readonly previousHash: string
  readonly dataHash: string
  /** In the order of the block, invalid ones too; a configuration block has one with `type: 'config'`. */
  readonly transactions: readonly FollowedTransaction[]
}

/** One transaction of a {@link FollowedBlock}. */
export interface FollowedTransaction {
  /** Place in the block, from 0. */
  readonly index: number
  readonly txId: string
  readonly type: 'endorser' | 'config' | 'other'
  /** Fabric's validation code; 0 is valid. */
  readonly code: number
  /** True where `code` is 0: only then did its writes reach the state. */
  readonly valid: boolean
  /** The header's time as its creator set it, RFC 3339 in UTC with milliseconds. */
  readonly time: string
  readonly creator: FollowedCreator
  /** The chaincode that was called; absent for configuration. */
  readonly chaincode?: { readonly name: string; readonly version: string }
  /** The first argument, for example `EvidenceContract:AnchorDocument`; absent for configuration. */
  readonly function?: string
  /** Every write to the public state, of the called chaincode and of those it called; present for invalid ones too. */
  readonly writes: readonly FollowedWrite[]
  readonly event?: { readonly name: string; readonly payload: Uint8Array }
}

/** Who signed a transaction. */
export interface FollowedCreator {
  readonly msp: string
  /** The identity's bytes as in the block: a PEM certificate. Empty where the orderer wrote the transaction. */
  readonly certificate: string
}

/** One write of a transaction. */
export interface FollowedWrite {
  readonly namespace: string
  readonly key: string
  readonly isDelete: boolean
  readonly value: Uint8Array
}

/** Options of `client.followBlocks`. */
export interface FollowOptions {
  /** First block wanted. To resume, the last one handled plus one. */
  readonly from: number
  /** Ends the iteration quietly when aborted. */
  readonly signal?: AbortSignal
  /** Called each time the stream breaks and will be opened again, with the reason and the wait. */
  readonly onReconnect?: (reason: Error, waitMilliseconds: number) => void
}
