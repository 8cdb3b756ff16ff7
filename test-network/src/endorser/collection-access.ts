import { identify, type Identity } from '@caizheng/fabric-wire'
import type { CollectionAccess } from '../chaincode/index.js'
import type { Channel, Collection } from '../channel/index.js'
import type { Simulator } from '../simulator/index.js'

/**
 * What the creator of a proposal may do with collections: `memberOnlyRead` and `memberOnlyWrite` keep others out. A peer looks
 * the collection up through the simulation, so that the transaction has read the chaincode's whole definition.
 */
export function collectionAccess(
  channel: Channel,
  simulator: Pick<Simulator, 'get' | 'state'>,
  creator: Uint8Array,
): CollectionAccess {
  let identity: Identity | undefined
  const isMember = (collection: Collection): boolean =>
    collection.admits((identity ??= identify(channel.config.msps, creator)))
  const lookUp = (namespace: string): Promise<void> => channel.definitions.record(simulator, namespace)
  const find = async (namespace: string, name: string): Promise<Collection> => {
    await lookUp(namespace)
    const collection = await channel.collections.find(simulator.state, namespace, name)
    if (collection) return collection
    throw new Error(`collection ${channel.id}/${namespace}/${name} could not be found`)
  }
  const refused = (what: 'read' | 'write', namespace: string, name: string): Error =>
    new Error(
      `tx creator does not have ${what} access permission on privatedata in chaincodeName:${namespace} collectionName: ${name}`,
    )
  return {
    lookUp,
    async requireRead(namespace, name) {
      const collection = await find(namespace, name)
      if (collection.config.memberOnlyRead && !isMember(collection)) throw refused('read', namespace, name)
    },
    async requireWrite(namespace, name) {
      const collection = await find(namespace, name)
      if (collection.config.memberOnlyWrite && !isMember(collection)) throw refused('write', namespace, name)
    },
  }
}
