import path from 'node:path'
import { chaincodeDefinition, type ChaincodeName } from '@caizheng/chaincode'
import { connect, type Client } from '@caizheng/client-sdk'
import { canonicalize, type NetworkRequest } from '@caizheng/records'
import { nodeOrganizations } from '@caizheng/test-network'
import type { CountyNetwork } from './county-network.js'
import { startEmbedded } from './embedded.js'
import type { NetworkKind } from './options.js'
import { writeProfiles } from './profiles.js'

/** The chaincode that holds the anchors, and the department whose system is played here. */
export const chaincode = 'evidence'
export const department = 'FinanceMSP'

/** The network, with the department's client connected to it. */
export interface RunningNetwork {
  readonly network: CountyNetwork
  /** Profile files by MSP id, one for each department that runs a node. */
  readonly profiles: ReadonlyMap<string, string>
  readonly client: Client
  readonly stop: () => Promise<void>
}

export interface NetworkOptions {
  /** Embedded by default, or real Fabric. */
  readonly kind?: NetworkKind
  /** Who must agree to an anchor; by default as the county defines it. */
  readonly endorsementPolicy?: string
  /** Chaincodes beside that of the anchors; none by default. */
  readonly beside?: readonly ChaincodeName[]
}

/**
 * Starts the network with its chaincodes, and writes the network's identity into that of the anchors, once.
 *
 * @param data the data folder: keys, ledger and profiles go there
 * @throws LedgerError, ConsortiumError, FabricError
 */
export async function startNetwork(
  data: string,
  { kind = 'embedded', endorsementPolicy, beside = [] }: NetworkOptions = {},
): Promise<RunningNetwork> {
  const defined = chaincodeDefinition(chaincode)
  const definition = endorsementPolicy === undefined ? defined : { ...defined, endorsementPolicy }
  const start = kind === 'fabric' ? (await import('./fabric.js')).startFabric : startEmbedded
  const network = await start(data, [definition, ...beside.map(chaincodeDefinition)])
  try {
    const profiles = await writeProfiles(path.join(data, 'profiles'), network)
    const client = await connect({ profile: profiles.get(department) ?? '' })
    try {
      await bootstrap(client, network)
    } catch (error) {
      client.close()
      throw error
    }
    const stop = async (): Promise<void> => {
      client.close()
      await network.stop()
    }
    return { network, profiles, client, stop }
  } catch (error) {
    await network.stop()
    throw error
  }
}

/** Binds every anchor to this network's genesis block; the same again writes nothing. */
async function bootstrap(client: Client, network: CountyNetwork): Promise<void> {
  const request: NetworkRequest = {
    genesis: network.id,
    organizations: nodeOrganizations(network.consortium.definition),
  }
  await client.submit({ chaincode, function: 'EvidenceContract:Bootstrap', arguments: [canonicalize(request)] })
}
