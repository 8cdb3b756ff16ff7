import { decode, decodeLoose, embedded, KVRWSet, message, repeated, TxPvtReadWriteSet } from '@caizheng/fabric-wire'
import { common } from '@hyperledger/fabric-protos'
import { openGateway } from '../gateway.js'
import type { Credentials } from '../network.js'
import type { Bench } from '../bench.js'

/** The part of `peer.BlockAndPrivateData` that is not the block. */
const PrivateDataMap = message('PrivateDataMap', {
  entries: repeated(embedded(2, message('PrivateDataMapEntry', { writes: embedded(2, TxPvtReadWriteSet) }))),
})

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
      found.push(plainWrites(event.serializeBinary()))
      if (found.length === count) break
    }
  } finally {
    events.close()
    session.close()
  }
  return found
}

function plainWrites(event: Uint8Array): PlainWrites[] {
  return decodeLoose(PrivateDataMap, event).entries.flatMap(({ writes }) =>
    (writes?.nsPvtRwset ?? []).flatMap(({ collectionPvtRwset }) =>
      collectionPvtRwset.map(({ collectionName, rwset }) => ({
        collection: collectionName,
        writes: decode(KVRWSet, rwset).writes.map(({ key, value }) => ({ key, value: Buffer.from(value).toString() })),
      })),
    ),
  )
}
