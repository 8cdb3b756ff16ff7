import { parseTransaction } from '@caizheng/fabric-wire'
import { LIFECYCLE_NAMESPACE, sequenceKey } from '@caizheng/test-network'
import { gateway, peer } from '@hyperledger/fabric-protos'
import { FabricError } from './errors.js'
import type { PeerClient } from './peer-client.js'
import { describeFailure } from './retry.js'

/** A chaincode's definition, and the place in the chain where it was committed. */
export interface CommittedPlace {
  readonly name: string
  readonly version: string
  readonly sequence: number
  readonly committed: { readonly block: number; readonly transaction: number }
}

/**
 * Finds where a definition was committed: a peer endorses the query for it (which is never submitted), and what it
 * endorses holds the version of the key that it read.
 *
 * @throws FabricError CHAINCODE_FAILED where the channel has no such chaincode
 */
export async function committedPlace(client: PeerClient, channel: string, name: string): Promise<CommittedPlace> {
  const args = new peer.lifecycle.QueryChaincodeDefinitionArgs()
  args.setName(name)
  try {
    const query = client.contract(channel, LIFECYCLE_NAMESPACE).newProposal('QueryChaincodeDefinition', {
      arguments: [args.serializeBinary()],
      endorsingOrganizations: [client.mspId],
    })
    const endorsed = await query.endorse()
    const definition = peer.lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(endorsed.getResult())
    const envelope = gateway.PreparedTransaction.deserializeBinary(endorsed.getBytes()).getEnvelope()
    const { rwset } = parseTransaction(envelope?.serializeBinary() ?? new Uint8Array())
    const read = rwset.namespaces
      .find(({ namespace }) => namespace === LIFECYCLE_NAMESPACE)
      ?.kv.reads.find(({ key }) => key === sequenceKey(name))?.version
    if (!read) throw new Error(`the peer's answer does not tell where ${name} was committed`)
    const committed = { block: read.blockNum, transaction: read.txNum }
    return { name, version: definition.getVersion(), sequence: definition.getSequence(), committed }
  } catch (cause) {
    const message = `Chaincode ${name} is not to be found on ${channel}: ${describeFailure(cause)}`
    throw new FabricError('CHAINCODE_FAILED', message, { cause })
  }
}
