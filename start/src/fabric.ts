import { startFabricNetwork, type FabricChaincode } from '@caizheng/network'
import type { CountyNetwork } from './county-network.js'

/** Real Fabric, from the binaries in `FABRIC_BIN`. @throws FabricError, ConsortiumError */
export async function startFabric(directory: string, chaincodes: readonly FabricChaincode[]): Promise<CountyNetwork> {
  const network = await startFabricNetwork({ directory, chaincodes })
  return { ...network, extent: 'real Fabric', separate: true }
}
