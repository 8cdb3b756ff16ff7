import { startFabricNetwork } from '@caizheng/network'
import { modulesOf, type Deployment, type NetworkUnderTest } from '../network.js'
import { connectExpired, forger } from '../outsiders.js'

/** Starts real Fabric for the suite: on free ports, in a folder that goes away. Needs `FABRIC_BIN`. */
export async function startFabric(deployments: readonly Deployment[]): Promise<NetworkUnderTest> {
  const network = await startFabricNetwork({
    // All are services here, those too that the suite never stops
    chaincodes: deployments.map(({ name, module, endorsementPolicy, collections, programs }) => ({
      name,
      ...(endorsementPolicy !== undefined && { endorsementPolicy }),
      ...(collections && { collections }),
      program: { module },
      ...(programs && { programs: modulesOf(programs) }),
    })),
  })
  const forge = await forger(network)
  return {
    ...network.endpoints,
    consortium: network.consortium,
    nodeOrganizations: [...network.peers.keys()],
    connect: (mspId, role) => network.connect(mspId, role),
    connectExpired: (mspId) => connectExpired(network, mspId),
    connectForged: forge,
    async stopChaincode(name) {
      await Promise.all(network.chaincodeServers(name).map((server) => server.kill()))
    },
    async startChaincode(name) {
      const servers = network.chaincodeServers(name)
      for (const server of servers) server.start()
      await Promise.all(servers.map((server) => server.listening()))
    },
    stop: () => network.stop(),
  }
}
