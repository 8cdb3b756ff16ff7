import {
  bool,
  bytes,
  embedded,
  enumeration,
  message,
  repeated,
  string,
  uint32,
  uint64,
  type Infer,
} from '../codec/index.js'

/** Where a key was last written: the block and the transaction in it. */
export const Version = message('Version', { blockNum: uint64(1), txNum: uint64(2) })
export type Version = Infer<typeof Version>

/** A read; `version` is absent if the key did not exist. */
export const KVRead = message('KVRead', { key: string(1), version: embedded(2, Version) })
export type KVRead = Infer<typeof KVRead>

export const KVWrite = message('KVWrite', { key: string(1), isDelete: bool(2), value: bytes(3) })
export type KVWrite = Infer<typeof KVWrite>

export const KVMetadataEntry = message('KVMetadataEntry', { name: string(1), value: bytes(2) })
export type KVMetadataEntry = Infer<typeof KVMetadataEntry>

/** Metadata of a key, its endorsement policy among them under the name `VALIDATION_PARAMETER`. */
export const KVMetadataWrite = message('KVMetadataWrite', {
  key: string(1),
  entries: repeated(embedded(2, KVMetadataEntry)),
})
export type KVMetadataWrite = Infer<typeof KVMetadataWrite>

export const QueryReads = message('QueryReads', { kvReads: repeated(embedded(1, KVRead)) })
export type QueryReads = Infer<typeof QueryReads>

export const QueryReadsMerkleSummary = message('QueryReadsMerkleSummary', {
  maxDegree: uint32(1),
  maxLevel: uint32(2),
  maxLevelHashes: repeated(bytes(3)),
})
export type QueryReadsMerkleSummary = Infer<typeof QueryReadsMerkleSummary>

/** What a range query saw: its reads, or for long results a Merkle summary of them. */
export const RangeQueryInfo = message(
  'RangeQueryInfo',
  {
    startKey: string(1),
    endKey: string(2),
    itrExhausted: bool(3),
    rawReads: embedded(4, QueryReads),
    readsMerkleHashes: embedded(5, QueryReadsMerkleSummary),
  },
  ['rawReads', 'readsMerkleHashes'],
)
export type RangeQueryInfo = Infer<typeof RangeQueryInfo>

export const KVRWSet = message('KVRWSet', {
  reads: repeated(embedded(1, KVRead)),
  rangeQueriesInfo: repeated(embedded(2, RangeQueryInfo)),
  writes: repeated(embedded(3, KVWrite)),
  metadataWrites: repeated(embedded(4, KVMetadataWrite)),
})
export type KVRWSet = Infer<typeof KVRWSet>

export const KVReadHash = message('KVReadHash', { keyHash: bytes(1), version: embedded(2, Version) })
export type KVReadHash = Infer<typeof KVReadHash>

export const KVWriteHash = message('KVWriteHash', {
  keyHash: bytes(1),
  isDelete: bool(2),
  valueHash: bytes(3),
  isPurge: bool(4),
})
export type KVWriteHash = Infer<typeof KVWriteHash>

export const KVMetadataWriteHash = message('KVMetadataWriteHash', {
  keyHash: bytes(1),
  entries: repeated(embedded(2, KVMetadataEntry)),
})
export type KVMetadataWriteHash = Infer<typeof KVMetadataWriteHash>

/** A private collection's reads and writes as the block shows them: SHA-256 of keys and values, without salt. */
export const HashedRWSet = message('HashedRWSet', {
  hashedReads: repeated(embedded(1, KVReadHash)),
  hashedWrites: repeated(embedded(2, KVWriteHash)),
  metadataWrites: repeated(embedded(3, KVMetadataWriteHash)),
})
export type HashedRWSet = Infer<typeof HashedRWSet>

/** `hashedRwset` is a HashedRWSet; `pvtRwsetHash` the SHA-256 of the private KVRWSet's bytes. */
export const CollectionHashedReadWriteSet = message('CollectionHashedReadWriteSet', {
  collectionName: string(1),
  hashedRwset: bytes(2),
  pvtRwsetHash: bytes(3),
})
export type CollectionHashedReadWriteSet = Infer<typeof CollectionHashedReadWriteSet>

/** `rwset` is a KVRWSet. */
export const NsReadWriteSet = message('NsReadWriteSet', {
  namespace: string(1),
  rwset: bytes(2),
  collectionHashedRwset: repeated(embedded(3, CollectionHashedReadWriteSet)),
})
export type NsReadWriteSet = Infer<typeof NsReadWriteSet>

/** `dataModel` 0 is key-value, the only one. */
export const TxReadWriteSet = message('TxReadWriteSet', {
  dataModel: enumeration(1),
  nsRwset: repeated(embedded(2, NsReadWriteSet)),
})
export type TxReadWriteSet = Infer<typeof TxReadWriteSet>

export const CollectionPvtReadWriteSet = message('CollectionPvtReadWriteSet', {
  collectionName: string(1),
  rwset: bytes(2),
})
export type CollectionPvtReadWriteSet = Infer<typeof CollectionPvtReadWriteSet>

export const NsPvtReadWriteSet = message('NsPvtReadWriteSet', {
  namespace: string(1),
  collectionPvtRwset: repeated(embedded(2, CollectionPvtReadWriteSet)),
})
export type NsPvtReadWriteSet = Infer<typeof NsPvtReadWriteSet>

/** The private reads and writes themselves, which never stand in a block. */
export const TxPvtReadWriteSet = message('TxPvtReadWriteSet', {
  dataModel: enumeration(1),
  nsPvtRwset: repeated(embedded(2, NsPvtReadWriteSet)),
})
export type TxPvtReadWriteSet = Infer<typeof TxPvtReadWriteSet>
