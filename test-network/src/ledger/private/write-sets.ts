import { compareKeys, decodeLoose, encode, KVRWSet, TxPvtReadWriteSet } from '@caizheng/fabric-wire'
import type { PrivateWriteSet } from './types.js'

/** The private writes of a transaction as Fabric's `TxPvtReadWriteSet`: namespaces and collections in the order of their bytes. */
export function encodeWriteSets(sets: readonly PrivateWriteSet[]): Uint8Array {
  return encode(TxPvtReadWriteSet, {
    dataModel: 0,
    nsPvtRwset: [...byNamespace(sets)]
      .sort(([a], [b]) => compareKeys(a, b))
      .map(([namespace, own]) => ({
        namespace,
        collectionPvtRwset: [...own]
          .sort((a, b) => compareKeys(a.collection, b.collection))
          .map(({ collection, rwset }) => ({ collectionName: collection, rwset })),
      })),
  })
}

function byNamespace(sets: readonly PrivateWriteSet[]): Map<string, PrivateWriteSet[]> {
  const grouped = new Map<string, PrivateWriteSet[]>()
  for (const set of sets) grouped.set(set.namespace, [...(grouped.get(set.namespace) ?? []), set])
  return grouped
}

export function decodeWriteSets(bytes: Uint8Array): PrivateWriteSet[] {
  return decodeLoose(TxPvtReadWriteSet, bytes).nsPvtRwset.flatMap(({ namespace, collectionPvtRwset }) =>
    collectionPvtRwset.map(({ collectionName, rwset }) => ({ namespace, collection: collectionName, rwset })),
  )
}

/** What a private write set says. Values of metadata are not in it: those stand in the block, under the key's hash. */
export function readWriteSet({ rwset }: PrivateWriteSet): Pick<KVRWSet, 'writes' | 'metadataWrites'> {
  return decodeLoose(KVRWSet, rwset)
}

/** The same write set without the writes of a key, as it is after the key was purged. */
export function withoutKey(set: PrivateWriteSet, key: string): PrivateWriteSet {
  const content = decodeLoose(KVRWSet, set.rwset)
  return { ...set, rwset: encode(KVRWSet, { ...content, writes: content.writes.filter((write) => write.key !== key) }) }
}
