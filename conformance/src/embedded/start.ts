import { startTestNetwork } from '@caizheng/test-network'
import { modulesOf, type Deployment, type NetworkUnderTest } from '../network.js'
import { connectExpired, forger } from '../outsiders.js'
import { ChaincodeService } from '../chaincode-service.js'
import { freePort } from '../free-port.js'

/** Starts the embedded network for the suite: in this process, on free ports, in a folder that goes away. */
export async function startEmbedded(deployments: readonly Deployment[]): Promise<NetworkUnderTest> {
  const services = new Map<string, ChaincodeService>()
  for (const { name, module, asService } of deployments) {
    if (!asService) continue
    const service = new ChaincodeService(module, `${name}:1`, await freePort())
    await service.start()
    services.set(name, service)
  }
  const network = await startTestNetwork({
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
