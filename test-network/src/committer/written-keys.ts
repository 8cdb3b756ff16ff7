import { bytesKey } from '@caizheng/fabric-wire'
import type { NamespaceReadWriteSet } from '../ledger/index.js'

/** A key that a transaction writes; of a private one its hash is all that the block tells. */
export interface WrittenKey {
  readonly namespace: string
  readonly collection: string | undefined
  readonly key: string | Uint8Array
}

/** The same for the same key of the same place. */
export function keyId({ namespace, collection = '', key }: WrittenKey): string {
  return `${namespace}\0${collection}\0${typeof key === 'string' ? key : bytesKey(key)}`
}

/** Whether anything is written in the namespace, publicly or in a collection. */
export function writes(set: NamespaceReadWriteSet): boolean {
  return writtenKeys(set).length > 0
}

/** The keys whose value or metadata is written, in the order in which a peer judges them. */
export function writtenKeys(set: NamespaceReadWriteSet): WrittenKey[] {
  const { namespace, rwset, collections = [] } = set
  return [
    ...rwset.writes.map(({ key }) => ({ namespace, collection: undefined, key })),
    ...rwset.metadataWrites.map(({ key }) => ({ namespace, collection: undefined, key })),
    ...collections.flatMap(({ collectionName: collection, hashedRwset }) =>
      hashedRwset.hashedWrites.map(({ keyHash }) => ({ namespace, collection, key: keyHash })),
    ),
    ...collections.flatMap(({ collectionName: collection, hashedRwset }) =>
      hashedRwset.metadataWrites.map(({ keyHash }) => ({ namespace, collection, key: keyHash })),
    ),
  ]
}

/** The keys whose metadata is written. */
export function describedKeys({ namespace, rwset, collections = [] }: NamespaceReadWriteSet): WrittenKey[] {
  return [
    ...rwset.metadataWrites.map(({ key }) => ({ namespace, collection: undefined, key })),
    ...collections.flatMap(({ collectionName: collection, hashedRwset }) =>
      hashedRwset.metadataWrites.map(({ keyHash }) => ({ namespace, collection, key: keyHash })),
    ),
  ]
}
