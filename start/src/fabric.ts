import { startFabricNetwork, type FabricChaincode } from '@caizheng/network'
import type { CountyNetwork } from './county-network.js'

export const fabricNotice =
  'Hyperledger Fabric on this one machine: one operator, no distributed trust. 单机、单一运行者，不构成分布式信任。'

/** Real Fabric, from the binaries in `FABRIC_BIN`. @throws FabricError, ConsortiumError */
export async function startFabric(directory: string, chaincode: FabricChaincode): Promise<CountyNetwork> {
  const network = await startFabricNetwork({ directory, chaincodes: [chaincode] })
  return { ...network, extent: 'real Fabric' }
}
