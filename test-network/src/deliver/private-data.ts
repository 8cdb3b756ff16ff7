import {
  CollectionConfigPackage,
  decode,
  decodeLoose,
  embedded,
  encode,
  message,
  parseBlock,
  repeated,
  StateData,
  TxPvtReadWriteSet,
  uint64,
  type Identity,
} from '@caizheng/fabric-wire'
import { common, peer } from '@hyperledger/fabric-protos'
import type { Channel, Collection } from '../channel/index.js'
import { collectionsKey, LIFECYCLE_NAMESPACE } from '../consortium/index.js'
import { encodeWriteSets, type PrivateWriteSet } from '../ledger/index.js'

/** `peer.BlockAndPrivateData` without its block: an entry for each transaction that wrote privately. */
const PrivateDataMap = message('PrivateDataMap', {
  entries: repeated(
    embedded(2, message('PrivateDataMapEntry', { index: uint64(1), writes: embedded(2, TxPvtReadWriteSet) })),
  ),
})

/**
 * A block together with what an organisation's peer has of its private data and the reader may have: of collections with
 * `memberOnlyRead` only if he is a member, of the others in any case, as on a peer.
 */
export async function blockAndPrivateData(
  bytes: Uint8Array,
  { channel, organization, reader }: { channel: Channel; organization: string; reader: Identity },
): Promise<InstanceType<typeof peer.BlockAndPrivateData>> {
  const { number } = parseBlock(bytes).header
  const entries = []
  for (const { index, sets } of await channel.ledger.privateWrites(organization, number)) {
    const allowed: PrivateWriteSet[] = []
    for (const set of sets) {
      const collection = await collectionAt(channel, number, set)
      if (!collection) continue
      if (!collection.config.memberOnlyRead || collection.admits(reader)) allowed.push(set)
    }
    if (allowed.length > 0) entries.push({ index, writes: decode(TxPvtReadWriteSet, encodeWriteSets(allowed)) })
  }
  const both = peer.BlockAndPrivateData.deserializeBinary(encode(PrivateDataMap, { entries }))
  both.setBlock(common.Block.deserializeBinary(bytes))
  return both
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
