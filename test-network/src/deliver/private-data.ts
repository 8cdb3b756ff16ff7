import { CollectionConfigPackage, decodeLoose, StateData, type Identity } from '@caizheng/fabric-wire'
import { ledger, peer } from '@hyperledger/fabric-protos'
import type { Channel, Collection } from '../channel/index.js'
import { collectionsKey, LIFECYCLE_NAMESPACE } from '../consortium/index.js'
import { encodeWriteSets, type PrivateWriteSet } from '../ledger/index.js'

type BlockAndPrivateData = InstanceType<typeof peer.BlockAndPrivateData>

/**
 * Adds to a block what an organisation's peer has of its private data and the reader may have: of collections with
 * `memberOnlyRead` only if he is a member, of the others in any case, as a peer does.
 */
export async function addPrivateData(
  both: BlockAndPrivateData,
  block: number,
  { channel, organization, reader }: { channel: Channel; organization: string; reader: Identity },
): Promise<void> {
  for (const { index, sets } of await channel.ledger.privateWrites(organization, block)) {
    const allowed: PrivateWriteSet[] = []
    for (const set of sets) {
      const collection = await collectionAt(channel, block, set)
      if (!collection) continue
      if (!collection.config.memberOnlyRead || collection.admits(reader)) allowed.push(set)
    }
    if (allowed.length === 0) continue
    const { TxPvtReadWriteSet } = ledger.rwset
    both.getPrivateDataMapMap().set(index, TxPvtReadWriteSet.deserializeBinary(encodeWriteSets(allowed)))
  }
}

/** The collection as it was defined when the block was made. */
async function collectionAt(
  channel: Channel,
  block: number,
  { namespace, collection: name }: PrivateWriteSet,
): Promise<Collection | undefined> {
  for await (const entry of channel.ledger.history(LIFECYCLE_NAMESPACE, collectionsKey(namespace))) {
    if (entry.block >= block) continue
    const { config } = decodeLoose(
      CollectionConfigPackage,
      decodeLoose(StateData, entry.value).bytes ?? new Uint8Array(),
    )
    const found = config.find(({ staticCollectionConfig }) => staticCollectionConfig?.name === name)
    if (found?.staticCollectionConfig) return channel.collections.open(found.staticCollectionConfig)
    break
  }
  // Not one of the definition's: the implicit one of an organisation.
  return channel.collections.implicit(name)
}
