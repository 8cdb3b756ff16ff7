import type { Identity } from '@caizheng/fabric-wire'
import type { Channel, Collection } from '../channel/index.js'
import type { PrivateWriteSet, StateSnapshot } from '../ledger/index.js'

/** One organisation's peer, as a receiver of private data. */
export interface Receiver {
  mspId: string
  identity: Identity
  /** Whether it can be reached, and whether its absence is known; always `up` where this is left out. */
  presence?: () => Presence
}

/** A peer that is there; one that is gone while the others count on it; one that is known to be gone. */
export type Presence = 'up' | 'unnoticed' | 'noticed'

/**
 * Hands a simulation's private writes to the peers of the collections' members, before the endorsement is signed. As
 * Fabric's gossip does, it sends each collection to at most `maxPeerCount` other peers, and counts them against
 * `requiredPeerCount`: here an organisation has one peer and all are up, so that the count fails where a
 * collection asks for more peers than its other members have, or a test has stopped one. Who got nothing takes it from a member at the commit.
 *
 * @throws Error in a peer's words when there are too few peers
 */
export async function distribute(
  channel: Channel,
  { state, own, receivers }: { state: StateSnapshot; own: string; receivers: readonly Receiver[] },
  txId: string,
  sets: readonly PrivateWriteSet[],
): Promise<void> {
  if (sets.length === 0) return
  const received = new Map<string, PrivateWriteSet[]>([[own, [...sets]]])
  for (const set of sets) {
    for (const mspId of await receiversOf(channel, state, set, own, receivers)) {
      received.set(mspId, [...(received.get(mspId) ?? []), set])
    }
  }
  for (const [mspId, theirs] of received) await channel.ledger.keepTransient(txId, mspId, theirs)
}

async function receiversOf(
  channel: Channel,
  state: StateSnapshot,
  { namespace, collection: name }: PrivateWriteSet,
  own: string,
  receivers: readonly Receiver[],
): Promise<string[]> {
  const collection = await channel.collections.find(state, namespace, name)
  if (!collection) throw new Error(`no collection config for chaincode ${JSON.stringify(namespace)}`)
  const { requiredPeerCount, maximumPeerCount } = collection.config
  const eligible = receivers.filter((receiver) => receiver.mspId !== own && isEligible(collection, receiver))
  if (eligible.length < requiredPeerCount) {
    throw new Error(
      `could not build private data dissemination plan for chaincode ${namespace} and collection ${name}: required to disseminate to at least ${String(requiredPeerCount)} peers, but know of only ${String(eligible.length)} eligible peers`,
    )
  }
  const chosen = eligible.slice(0, maximumPeerCount)
  const failed = chosen.filter(({ presence }) => presence?.() === 'unnoticed')
  if (failed.length > 0) {
    // What is sent beyond the required count may get lost, and nobody hears of it
    const required = chosen.slice(0, requiredPeerCount).filter((receiver) => failed.includes(receiver))
    if (required.length > 0) {
      throw new Error(
        `Failed disseminating ${String(required.length)} out of ${String(chosen.length)} private dissemination plans`,
      )
    }
  }
  return chosen.filter((receiver) => !failed.includes(receiver)).map(({ mspId }) => mspId)
}

function isEligible(collection: Collection, { mspId, identity, presence }: Receiver): boolean {
  if (presence?.() === 'noticed') return false
  return collection.members.has(mspId) && collection.admits(identity)
}
