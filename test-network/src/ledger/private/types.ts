/** What one transaction writes in one private collection. `rwset` is the serialized KVRWSet whose hash the block carries. */
export interface PrivateWriteSet {
  readonly namespace: string
  readonly collection: string
  readonly rwset: Uint8Array
}

/** The private writes of one transaction that one organisation is to keep: those of collections that it is a member of. */
export interface OrganizationPrivateWrites {
  /** MSP id. */
  readonly organization: string
  readonly sets: readonly PrivateWriteSet[]
}

/** The private writes of one transaction of a block, as an organisation has them still. */
export interface StoredPrivateWrites {
  /** The transaction's place in its block. */
  readonly index: number
  readonly sets: readonly PrivateWriteSet[]
}
