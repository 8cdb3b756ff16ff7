import type { Version } from '../types.js'
import type { PrivateBlock, PrivateDraft } from './commit.js'
import { withoutKey } from './write-sets.js'

/**
 * Removes the keys that valid transactions of the block purge: the value, and the writes of it up to the purge wherever
 * an organisation keeps them, those of the purging transaction among them. What a later transaction writes stays.
 */
export async function purgePrivateKeys(block: PrivateBlock, draft: PrivateDraft): Promise<void> {
  for (const { namespace, collection, keyHash, version } of purges(block)) {
    for (const { organization, place, key } of await draft.index.find(namespace, collection, keyHash)) {
      const of = { organization, namespace, collection }
      const value = draft.updates.get(of, key)
      if (!value || value.version.txNum < version.txNum) draft.updates.set(of, key, { value: undefined, version })
      if (place.block === version.blockNum && place.index > version.txNum) continue
      const sets = draft.records.get(organization, place).map((set) => {
        return set.namespace === namespace && set.collection === collection ? withoutKey(set, key) : set
      })
      draft.records.set(organization, place, sets)
      draft.index.remove(of, key, place)
    }
  }
}

interface Purge {
  readonly namespace: string
  readonly collection: string
  readonly keyHash: Uint8Array
  readonly version: Version
}

/** The purges of a block; of several of one key the last counts, and makes the others needless. */
function purges({ number, candidates, codes }: PrivateBlock): Iterable<Purge> {
  const found = new Map<string, Purge>()
  for (const [txNum, { rwset }] of candidates.entries()) {
    if (codes[txNum] !== 0) continue
    for (const { namespace, collections } of rwset?.namespaces ?? []) {
      for (const { collectionName: collection, hashedRwset } of collections ?? []) {
        for (const { keyHash, isPurge } of hashedRwset.hashedWrites) {
          if (!isPurge) continue
          const id = JSON.stringify([namespace, collection, Buffer.from(keyHash).toString('hex')])
          found.set(id, { namespace, collection, keyHash, version: { blockNum: number, txNum } })
        }
      }
    }
  }
  return found.values()
}
