import type { ChaincodeServers } from './chaincode-servers.js'
import { define, install } from './lifecycle.js'
import type { FabricChaincode } from './options.js'
import type { PeerClient } from './peer-client.js'
import { untilPeersKnowEachOther } from './readiness.js'

/**
 * Makes the function that runs, installs and defines chaincodes, and returns when every peer knows of them at every
 * other; it throws FabricError.
 *
 * @param clients - administrators of all node organisations
 */
export function deployer(
  channel: string,
  clients: readonly PeerClient[],
  servers: ChaincodeServers,
  onProgress: (line: string) => void,
): (...chaincodes: readonly FabricChaincode[]) => Promise<void> {
  const organizations = clients.map(({ mspId }) => mspId)
  /** The sequence of each chaincode that was deployed, by name. */
  const deployed = new Map<string, number>()

  const deploy = async (chaincode: FabricChaincode): Promise<void> => {
    const { name, version = '1.0' } = chaincode
    const packages = await servers.start(chaincode, organizations)
    await Promise.all(clients.map((client) => install(client, packages)))
    await servers.listening(name)
    deployed.set(name, await define(channel, clients, chaincode, packages))
    onProgress(`Chaincode ${name} ${version} is defined`)
  }

  return async (...chaincodes) => {
    await servers.reserve(chaincodes, organizations)
    await Promise.all(chaincodes.map(deploy))
    const expected = [...deployed].map(([name, sequence]) => ({ name, sequence }))
    await untilPeersKnowEachOther(channel, clients, expected)
  }
}
