import { gossip } from '@hyperledger/fabric-protos'
import { FabricError } from './errors.js'
import type { PeerClient } from './peer-client.js'
import { describeFailure, retry } from './retry.js'

/** A chaincode that every peer should know every other to have. */
export interface ExpectedChaincode {
  readonly name: string
  /** Of its definition. Gossip carries it in the place of a version. */
  readonly sequence: number
}

const TIMEOUT = 60_000

/**
 * Resolves when each peer knows, through gossip, that the peers of all the others are there and run these chaincodes.
 * Until then its gateway answers that no combination of peers can endorse.
 *
 * @throws FabricError CHANNEL_FAILED after a minute, with what is missing where
 */
export async function untilPeersKnowEachOther(
  channel: string,
  clients: readonly PeerClient[],
  chaincodes: readonly ExpectedChaincode[],
): Promise<void> {
  try {
    await Promise.all(clients.map((client) => retry(() => assertKnows(client, channel, clients, chaincodes), TIMEOUT)))
  } catch (cause) {
    const message = `The peers did not find each other within a minute: ${describeFailure(cause)}`
    throw new FabricError('CHANNEL_FAILED', message, { cause })
  }
}

async function assertKnows(
  client: PeerClient,
  channel: string,
  all: readonly PeerClient[],
  chaincodes: readonly ExpectedChaincode[],
): Promise<void> {
  const members = await client.members(channel)
  for (const { mspId } of all) {
    const [member] = members.get(mspId) ?? []
    if (!member) throw new Error(`the peer of ${client.mspId} does not know that of ${mspId}`)
    const state = gossip.GossipMessage.deserializeBinary(member.getStateInfo()?.getPayload_asU8() ?? new Uint8Array())
    const present = state.getStateInfo()?.getProperties()?.getChaincodesList() ?? []
    for (const { name, sequence } of chaincodes) {
      if (!present.some((it) => it.getName() === name && it.getVersion() === String(sequence))) {
        const known = present.map((it) => `${it.getName()} ${it.getVersion()}`).join(', ') || 'none'
        throw new Error(
          `the peer of ${client.mspId} does not know ${name} ${String(sequence)} at that of ${mspId}, but ${known}`,
        )
      }
    }
  }
}
