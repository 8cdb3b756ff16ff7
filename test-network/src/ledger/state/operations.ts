import type { MetadataEntry, ReadWriteSet } from '../types.js'

/** A key of the public state, or of a private collection's hashes; `key` is then the hash, one character a byte. */
export interface Target {
  readonly namespace: string
  readonly collection: string | undefined
  readonly key: string
}

/**
 * What one transaction does to one key.
 *
 * - `put`: sets the value; `metadata: 'keep'` leaves the key's metadata as it is.
 * - `metadata`: sets the metadata of a key that exists, and does nothing otherwise; the value gets a new version.
 */
export type Operation =
  | { readonly kind: 'delete' }
  | { readonly kind: 'put'; readonly value: Uint8Array; readonly metadata: Metadata | 'keep' }
  | { readonly kind: 'metadata'; readonly metadata: Metadata }

/** `undefined` is a key without metadata. */
export type Metadata = readonly MetadataEntry[] | undefined

const UPSERT = 1
const SET_METADATA = 2
const DELETE_METADATA = 4
const DELETE = 8

interface Draft {
  readonly target: Target
  flags: number
  value: Uint8Array | undefined
  metadata: Metadata
}

/**
 * The operations of a transaction, one a key, in the order of each key's first mention.
 *
 * An empty value deletes, as in Fabric (FAB-18386).
 */
export function operationsOf(rwset: ReadWriteSet): [Target, Operation][] {
  const drafts = new Drafts()
  for (const { namespace, rwset: kv, collections } of rwset.namespaces) {
    for (const write of kv.writes) {
      const isDelete = write.isDelete || write.value.length === 0
      drafts.write({ namespace, collection: undefined, key: write.key }, isDelete ? undefined : write.value)
    }
    for (const { key, entries } of kv.metadataWrites) {
      drafts.describe({ namespace, collection: undefined, key }, entries)
    }
    for (const { collectionName: collection, hashedRwset: hashed } of collections ?? []) {
      for (const write of hashed.hashedWrites) {
        const isDelete = write.isDelete || write.valueHash.length === 0 || isHashOfNothing(write.valueHash)
        drafts.write({ namespace, collection, key: keyOfHash(write.keyHash) }, isDelete ? undefined : write.valueHash)
      }
      for (const { keyHash, entries } of hashed.metadataWrites) {
        drafts.describe({ namespace, collection, key: keyOfHash(keyHash) }, entries)
      }
    }
  }
  return drafts.operations()
}

/** A key hash as a string that sorts like its bytes. */
export const keyOfHash = (hash: Uint8Array): string => Buffer.from(hash).toString('latin1')
export const hashOfKey = (key: string): Buffer => Buffer.from(key, 'latin1')

const SHA256_OF_NOTHING = Buffer.from('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex')
const isHashOfNothing = (hash: Uint8Array): boolean => SHA256_OF_NOTHING.equals(hash)

class Drafts {
  private readonly drafts = new Map<string, Draft>()

  write(target: Target, value: Uint8Array | undefined): void {
    const draft = this.of(target)
    if (value === undefined) {
      add(draft, DELETE)
    } else {
      add(draft, UPSERT)
      draft.value = value
    }
  }

  describe(target: Target, entries: readonly MetadataEntry[]): void {
    const draft = this.of(target)
    if (entries.length === 0) {
      add(draft, DELETE_METADATA)
    } else {
      add(draft, SET_METADATA)
      draft.metadata = entries
    }
  }

  operations(): [Target, Operation][] {
    return [...this.drafts.values()].map((draft) => [draft.target, operationOf(draft)])
  }

  private of(target: Target): Draft {
    const id = JSON.stringify([target.namespace, target.collection, target.key])
    let draft = this.drafts.get(id)
    if (draft === undefined) {
      draft = { target, flags: 0, value: undefined, metadata: undefined }
      this.drafts.set(id, draft)
    }
    return draft
  }
}

/**
 * Flags are *added* in eight bits, not joined, because a Fabric peer adds them: a read-write set that names a key twice
 * must end as it ends there. No honest simulation makes one.
 */
function add(draft: Draft, flag: number): void {
  draft.flags = (draft.flags + flag) & 0xff
}

function operationOf({ flags, value, metadata }: Draft): Operation {
  const has = (flag: number): boolean => (flags & flag) === flag
  if (has(DELETE)) return { kind: 'delete' }
  if (has(UPSERT) && (has(SET_METADATA) || has(DELETE_METADATA))) return putOrDelete(value, metadata)
  if ((flags | UPSERT) === UPSERT) return putOrDelete(value, 'keep')
  return { kind: 'metadata', metadata }
}

/** Only flags that have overflowed ask for a value where none was written. */
function putOrDelete(value: Uint8Array | undefined, metadata: Metadata | 'keep'): Operation {
  return value === undefined ? { kind: 'delete' } : { kind: 'put', value, metadata }
}
