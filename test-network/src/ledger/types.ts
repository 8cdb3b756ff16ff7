import type { OrganizationPrivateWrites } from './private/types.js'

/** The height at which a key was last written: transaction `txNum` of block `blockNum`, both from zero. */
export interface Version {
  readonly blockNum: number
  readonly txNum: number
}

/** One named entry of a key's metadata; `VALIDATION_PARAMETER` holds the key-level endorsement policy. */
export interface MetadataEntry {
  readonly name: string
  readonly value: Uint8Array
}

/** A value of the current state and the height of its last write. */
export interface VersionedValue {
  readonly value: Uint8Array
  readonly version: Version
}

/** One row of a range read. */
export interface StateEntry extends VersionedValue {
  readonly key: string
}

/** Protobuf's timestamp: seconds since 1970 in UTC, and nanoseconds within the second. */
export interface Timestamp {
  readonly seconds: number | bigint
  readonly nanos: number
}

/** A key and the version seen by the simulation; no version says that the key was absent. */
export interface KeyRead {
  readonly key: string
  readonly version?: Version | undefined
}

export interface KeyWrite {
  readonly key: string
  readonly isDelete: boolean
  readonly value: Uint8Array
}

export interface MetadataWrite {
  readonly key: string
  readonly entries: readonly MetadataEntry[]
}

/** What a range read saw: every row, or for a large range the top hashes of a tree over the rows. */
export interface RangeQuery {
  readonly startKey: string
  readonly endKey: string
  readonly itrExhausted: boolean
  readonly rawReads?: { readonly kvReads: readonly KeyRead[] } | undefined
  readonly readsMerkleHashes?: MerkleSummary | undefined
}

/** The summary of a large range read; see Fabric's `QueryReadsMerkleSummary`. */
export interface MerkleSummary {
  readonly maxDegree: number
  readonly maxLevel: number
  readonly maxLevelHashes: readonly Uint8Array[]
}

export interface PublicReadWriteSet {
  readonly reads: readonly KeyRead[]
  readonly rangeQueriesInfo: readonly RangeQuery[]
  readonly writes: readonly KeyWrite[]
  readonly metadataWrites: readonly MetadataWrite[]
}

export interface HashedReadWriteSet {
  readonly hashedReads: readonly { readonly keyHash: Uint8Array; readonly version?: Version | undefined }[]
  readonly hashedWrites: readonly {
    readonly keyHash: Uint8Array
    readonly isDelete: boolean
    readonly valueHash: Uint8Array
    /** Also removes the key's earlier values wherever a peer keeps them. */
    readonly isPurge?: boolean
  }[]
  readonly metadataWrites: readonly { readonly keyHash: Uint8Array; readonly entries: readonly MetadataEntry[] }[]
}

/** A private collection's reads and writes as the block shows them. */
export interface CollectionReadWriteSet {
  readonly collectionName: string
  readonly hashedRwset: HashedReadWriteSet
  /** SHA-256 of the private write set's bytes; empty where nothing is written. */
  readonly pvtRwsetHash?: Uint8Array | undefined
}

/** One namespace of a transaction's read-write set, with its private collections in hashed form. */
export interface NamespaceReadWriteSet {
  readonly namespace: string
  readonly rwset: PublicReadWriteSet
  readonly collections?: readonly CollectionReadWriteSet[] | undefined
}

/** A transaction's read-write set with every nested message decoded. */
export interface ReadWriteSet {
  readonly namespaces: readonly NamespaceReadWriteSet[]
}

/**
 * One transaction of a block as validation left it, in the block's order.
 *
 * - `txId`: the channel header's; where it is '', the ledger reads it from the envelope as far as it can.
 * - `code`: 0 where everything but the read set was found valid, else the failure already decided.
 * - `timestamp`: the channel header's, for the history.
 * - `rwset`: absent for a configuration transaction.
 * - `privateWrites`: what each member organisation keeps, as far as it has it. Their hashes are checked by the caller.
 */
export interface Candidate {
  readonly txId: string
  readonly code: number
  readonly timestamp?: Timestamp | undefined
  readonly rwset?: ReadWriteSet | undefined
  readonly privateWrites?: readonly OrganizationPrivateWrites[] | undefined
}

/** What a listener hears once a block is on the disk. `bytes` is the serialized block with flags and commit hash. */
export interface CommittedBlock {
  readonly number: number
  readonly hash: Uint8Array
  readonly commitHash: Uint8Array
  readonly bytes: Uint8Array
  /** One validation code a transaction. */
  readonly codes: Uint8Array
  /** One id a transaction; empty where the envelope had none. */
  readonly txIds: readonly string[]
}

/** Where a transaction stands; the first block that carried the id counts. */
export interface TransactionPlace {
  readonly block: number
  readonly index: number
  readonly code: number
}

/** One change of a key. `value` is empty for a deletion. */
export interface HistoryEntry {
  readonly txId: string
  readonly block: number
  readonly index: number
  readonly timestamp: { readonly seconds: number; readonly nanos: number }
  readonly value: Uint8Array
  readonly isDelete: boolean
}

/** The state at one height, whatever is committed meanwhile. Always `close()` it. */
export interface StateSnapshot {
  /** The number of blocks whose writes are visible. */
  readonly height: number
  get(namespace: string, key: string): Promise<VersionedValue | undefined>
  getMany(namespace: string, keys: readonly string[]): Promise<(VersionedValue | undefined)[]>
  /** Keys from `start` (included) to `end` (excluded), in the order of their UTF-8 bytes; '' is open at that end. */
  range(namespace: string, start: string, end: string): AsyncIterable<StateEntry>
  metadata(namespace: string, key: string): Promise<MetadataEntry[] | undefined>
  /** The hash of a private value, under the hash of its key. */
  getHashed(namespace: string, collection: string, keyHash: Uint8Array): Promise<VersionedValue | undefined>
  hashedMetadata(namespace: string, collection: string, keyHash: Uint8Array): Promise<MetadataEntry[] | undefined>
  /** The private value itself, as one organisation keeps it; its version tells whether it is the one that is hashed. */
  getPrivate(
    organization: string,
    namespace: string,
    collection: string,
    key: string,
  ): Promise<VersionedValue | undefined>
  privateRange(
    organization: string,
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): AsyncIterable<StateEntry>
  close(): Promise<void>
}
