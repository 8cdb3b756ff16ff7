import type { Block } from '@caizheng/fabric-wire'
import type { OrganizationPrivateWrites, PrivateWriteSet, StoredPrivateWrites } from './private/types.js'
import type { Candidate, CommittedBlock, HistoryEntry, StateSnapshot, TransactionPlace } from './types.js'

/**
 * The blocks of one channel, the state that their valid transactions made, and the indexes over both.
 *
 * Whatever is read is checked against its stored checksum; damage rejects with `LedgerError` `DAMAGED` and its place.
 */
export interface Ledger {
  readonly channel: string
  /** The number of blocks; the next block has this number. */
  readonly height: number
  readonly tip: { readonly number: number; readonly hash: Uint8Array }
  /** The commit hash of the tip; empty while only the genesis block is there. */
  readonly commitHash: Uint8Array
  /** The state as it is now, unmoved by later commits. */
  snapshot(): StateSnapshot
  /** The serialized block with its peer metadata (flags, commit hash). */
  block(number: number): Promise<Uint8Array | undefined>
  blockNumberByHash(hash: Uint8Array): Promise<number | undefined>
  transaction(txId: string): Promise<TransactionPlace | undefined>
  /** Every committed write of a key, newest first. Stop reading whenever you have enough. */
  history(namespace: string, key: string): AsyncIterable<HistoryEntry>
  /**
   * Checks the read sets in order, sets the flags (`metadata[2]`) and the commit hash (`metadata[4]`), and writes all in
   * one synchronous batch. Resolves when the block is on the disk. One call at a time; `block` itself is not changed.
   *
   * @throws LedgerError `OUT_OF_ORDER`, `INVALID_BLOCK`, `WRITE_FAILED`, `DAMAGED`, `CLOSED`
   */
  commit(block: Block, candidates: readonly Candidate[]): Promise<CommittedBlock>
  /**
   * Keeps what an endorsed transaction writes privately, for one organisation, until the transaction is committed or
   * was not for a long time.
   *
   * @throws LedgerError `CLOSED`
   */
  keepTransient(txId: string, organization: string, sets: readonly PrivateWriteSet[]): Promise<void>
  /** What the organisations hold of a transaction that is not committed yet. */
  transient(txId: string): readonly OrganizationPrivateWrites[]
  /** The private writes of a block that an organisation has, without what was purged or has expired since. */
  privateWrites(organization: string, block: number): Promise<StoredPrivateWrites[]>
  /** Calls `listener` after each commit, in order. Returns the function that ends it. */
  onCommit(listener: (block: CommittedBlock) => void): () => void
  close(): Promise<void>
}
