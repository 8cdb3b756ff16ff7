import { decode, KVRWSet } from '@caizheng/fabric-wire'
import { common, type ledger, type peer } from '@hyperledger/fabric-protos'
import { openGateway } from '../gateway.js'
import type { Credentials } from '../network.js'
import type { Bench } from '../suite.js'

/** What a transaction wrote in one collection, in plain. */
export interface PlainWrites {
  collection: string
  writes: { key: string; value: string }[]
}

/** The number of blocks on the chain. */
export async function chainHeight(bench: Bench): Promise<number> {
  const bytes = await bench.finance.contract('qscc').evaluateTransaction('GetChainInfo', bench.network.channel)
  return common.BlockchainInfo.deserializeBinary(bytes).getHeight()
}

/** What the block events with private data bring to a reader, block by block. */
export async function privateWritesInBlocks(
  credentials: Credentials,
  startBlock: bigint,
  count: number,
): Promise<PlainWrites[][]> {
  const session = openGateway(credentials)
  const events = await session.gateway.getNetwork(credentials.channel).getBlockAndPrivateDataEvents({ startBlock })
  const found: PlainWrites[][] = []
  try {
    for await (const event of events) {
      found.push(plainWrites(event))
      if (found.length === count) break
    }
  } finally {
    events.close()
    session.close()
  }
  return found
}

function plainWrites(event: InstanceType<typeof peer.BlockAndPrivateData>): PlainWrites[] {
  const found: PlainWrites[] = []
  event.getPrivateDataMapMap().forEach((transaction: InstanceType<typeof ledger.rwset.TxPvtReadWriteSet>) => {
    for (const namespace of transaction.getNsPvtRwsetList()) {
      for (const collection of namespace.getCollectionPvtRwsetList()) {
        const { writes } = decode(KVRWSet, collection.getRwset_asU8())
        found.push({
          collection: collection.getCollectionName(),
          writes: writes.map(({ key, value }) => ({ key, value: Buffer.from(value).toString() })),
        })
      }
    }
  })
  return found
}
