import { encode, HashedRWSet, KVRWSet, sha256, type CollectionHashedReadWriteSet } from '@caizheng/fabric-wire'
import type { MetadataEntry, Version } from '../ledger/index.js'
import { sorted } from './sorted.js'

/** A write of a private key; no value deletes it, and a purge removes its past too. */
export interface PrivateWrite {
  readonly value: Uint8Array | undefined
  readonly isPurge: boolean
}

/** The reads and writes of one collection: in plain for the members, as hashes for the block. */
export class CollectionBuilder {
  readonly #reads = new Map<string, Version | undefined>()
  readonly #writes = new Map<string, PrivateWrite>()
  readonly #metadataWrites = new Map<string, readonly MetadataEntry[]>()

  addRead(key: string, version: Version | undefined): void {
    this.#reads.set(key, version)
  }

  addWrite(key: string, write: PrivateWrite): void {
    this.#writes.set(key, write)
  }

  addMetadataWrite(key: string, entries: readonly MetadataEntry[]): void {
    this.#metadataWrites.set(key, entries)
  }

  /** The serialized KVRWSet for the members: writes, and of metadata the keys alone. Undefined where nothing is written. */
  encodePrivate(): Uint8Array | undefined {
    if (this.#writes.size === 0 && this.#metadataWrites.size === 0) return undefined
    return encode(KVRWSet, {
      writes: sorted(this.#writes).map(([key, { value }]) => ({ key, isDelete: value === undefined, value })),
      metadataWrites: sorted(this.#metadataWrites).map(([key]) => ({ key })),
    })
  }

  /** What the block shows: in the order of the keys, not of their hashes, as in a peer. */
  hashed(collectionName: string): CollectionHashedReadWriteSet {
    const plain = this.encodePrivate()
    return {
      collectionName,
      hashedRwset: encode(HashedRWSet, {
        hashedReads: sorted(this.#reads).map(([key, version]) => ({ keyHash: hashOf(key), version })),
        hashedWrites: sorted(this.#writes).map(([key, { value, isPurge }]) => ({
          keyHash: hashOf(key),
          isDelete: value === undefined,
          valueHash: value && sha256(value),
          isPurge,
        })),
        metadataWrites: sorted(this.#metadataWrites).map(([key, entries]) => ({ keyHash: hashOf(key), entries })),
      }),
      pvtRwsetHash: plain ? sha256(plain) : new Uint8Array(),
    }
  }
}

/** The hash that stands for a private key in blocks. */
export const hashOf = (key: string): Uint8Array => sha256(Buffer.from(key))
