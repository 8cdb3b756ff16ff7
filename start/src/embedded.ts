import { HONEST_NOTICE, startTestNetwork, type ChaincodeOptions } from '@caizheng/test-network'
import type { CountyNetwork } from './county-network.js'
import { definitionOf } from './definition.js'

export const embeddedNotice = `${HONEST_NOTICE} 单进程、单一运行者，不构成分布式信任。`

/** The network in this process. @throws LedgerError, ConsortiumError */
export async function startEmbedded(
  directory: string,
  chaincodes: readonly ChaincodeOptions[],
): Promise<CountyNetwork> {
  const network = await startTestNetwork({ directory, chaincodes })
  return {
    ...network,
    extent: `${network.ledger.height} blocks`,
    separate: false,
    definitionOf: (name) => definitionOf(network, name),
  }
}
