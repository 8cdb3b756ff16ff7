import { BlockchainInfo, decodeLoose } from '@caizheng/fabric-wire'
import type { Bench, NodeEndpoint } from '../../src/index.js'
import { openLegacy } from './session.js'

/** Waits until every peer has the blocks that the furthest one has; the time for that is the caller's. */
export async function peersLevel(bench: Bench): Promise<void> {
  for (;;) {
    const heights = await Promise.all(bench.network.peers.map((peer) => heightOf(bench, peer)))
    if (heights.every((height) => height === heights[0])) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

async function heightOf({ network }: Bench, peer: NodeEndpoint): Promise<number> {
  const { channel } = network
  const session = await openLegacy({ channel, peers: [peer], orderers: [] }, network.connect(peer.mspId))
  try {
    const info = await session.contract('qscc').evaluateTransaction('GetChainInfo', channel)
    return decodeLoose(BlockchainInfo, info).height
  } finally {
    session.close()
  }
}
