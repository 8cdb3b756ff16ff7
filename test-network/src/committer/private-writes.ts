import { bytesKey, sha256 } from '@caizheng/fabric-wire'
import type { Channel, Collection } from '../channel/index.js'
import type { Receiver } from '../endorser/index.js'
import type {
  NamespaceReadWriteSet,
  OrganizationPrivateWrites,
  PrivateWriteSet,
  StateSnapshot,
} from '../ledger/index.js'

/**
 * What each organisation keeps of a transaction's private writes: the collections that it is a member of, and only
 * write sets whose hash is the one in the block. What an organisation was not sent it takes from another member. Where
 * no member has it, the block commits without: the hash is there and the value is not, as on a peer that missed it.
 */
export async function privateWritesOf(
  channel: Channel,
  state: StateSnapshot,
  peers: readonly Receiver[],
  txId: string,
  readWriteSet: readonly NamespaceReadWriteSet[],
): Promise<OrganizationPrivateWrites[]> {
  const kept = new Map<string, PrivateWriteSet[]>()
  for (const { namespace, collections = [] } of readWriteSet) {
    for (const { collectionName, hashedRwset, pvtRwsetHash = new Uint8Array() } of collections) {
      if (hashedRwset.hashedWrites.length + hashedRwset.metadataWrites.length === 0) continue
      const collection = await channel.collections.find(state, namespace, collectionName)
      if (!collection) continue
      const members = peers.filter((peer) => isMember(collection, peer))
      const expected = bytesKey(pvtRwsetHash)
      const set = channel.ledger
        .transient(txId)
        .filter(({ organization }) => members.some(({ mspId }) => mspId === organization))
        .flatMap(({ sets }) => sets)
        .find((one) => {
          const sameCollection = one.namespace === namespace && one.collection === collectionName
          return sameCollection && bytesKey(sha256(one.rwset)) === expected
        })
      if (!set) continue
      for (const { mspId } of members) kept.set(mspId, [...(kept.get(mspId) ?? []), set])
    }
  }
  return [...kept].map(([organization, sets]) => ({ organization, sets }))
}

/** As a peer judges itself: by the organisations that the policy names, or by the policy. */
function isMember(collection: Collection, { mspId, identity }: Receiver): boolean {
  return collection.members.has(mspId) || collection.admits(identity)
}
