import { startTestNetwork, type Ledger, type TestNetworkOptions } from '@caizheng/test-network'
import { modulesOf, type Deployment, type NetworkUnderTest } from '../network.js'
import { connectExpired, forger } from '../outsiders.js'
import { ChaincodeService } from '../chaincode-service.js'
import { freePort } from '../free-port.js'

/** The embedded network under test: its ledger lies open. */
export interface EmbeddedNetwork extends NetworkUnderTest {
  readonly ledger: Ledger
}

/** Starts the embedded network for the suite: in this process and, unless told otherwise, on free ports, in a folder that goes away. */
export async function startEmbedded(
  deployments: readonly Deployment[],
  options: Omit<TestNetworkOptions, 'chaincodes'> = {},
): Promise<EmbeddedNetwork> {
  const services = new Map<string, ChaincodeService>()
  for (const { name, module, asService } of deployments) {
    if (!asService) continue
    const service = new ChaincodeService(module, `${name}:1`, await freePort())
    await service.start()
    services.set(name, service)
  }
  const network = await startTestNetwork({
    ...options,
    chaincodes: deployments.map(({ name, module, endorsementPolicy, collections, programs }) => ({
      name,
      ...(endorsementPolicy !== undefined && { endorsementPolicy }),
      ...(collections !== undefined && { collections }),
      program: programOf(services.get(name), module),
      ...(programs && { programs: modulesOf(programs) }),
    })),
  })
  const forge = await forger(network)
  return {
    ...network.endpoints,
    consortium: network.consortium,
    ledger: network.ledger,
    nodeOrganizations: [...network.peers.keys()],
    connect: (mspId, role) => network.connect(mspId, role),
    connectExpired: (mspId) => connectExpired(network, mspId),
    connectForged: forge,
    stopChaincode: (name) => serviceOf(services, name).stop(),
    startChaincode: (name) => serviceOf(services, name).start(),
    async stop() {
      await network.stop()
      for (const service of services.values()) await service.stop()
    },
  }
}

function programOf(service: ChaincodeService | undefined, module: string) {
  return service ? { service: service.address, packageId: service.packageId } : { module }
}

function serviceOf(services: ReadonlyMap<string, ChaincodeService>, name: string): ChaincodeService {
  const service = services.get(name)
  if (!service) throw new Error(`${name} does not run as a service`)
  return service
}
