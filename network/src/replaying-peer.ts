import { join } from 'node:path'
import { BlockchainInfo, decodeLoose, parseBlock, type Block } from '@caizheng/fabric-wire'
import type { Consortium } from '@caizheng/test-network'
import { findBinaries } from './binaries.js'
import { peerClient } from './endpoints.js'
import { openFolders } from './folders.js'
import { joinPeers } from './join.js'
import { NodeProcess } from './node-process.js'
import { inFolder, writeConfiguration } from './nodes.js'
import { peerConfiguration } from './peer-configuration.js'
import { freePorts } from './ports.js'
import { Watchdog } from './watchdog.js'

/** A peer of real Fabric that has joined a channel of somebody else's and validates it from its first block on. */
export interface ReplayingPeer {
  /** Resolves when it has that many blocks. @throws FabricError NODE_FAILED where it ends; Error after the timeout, ms */
  reaches(height: number, timeout: number): Promise<void>
  /** A block as it keeps it: with its verdicts, and its hash over them and all that the block changed in the state. */
  block(number: number): Promise<Block>
  stop(): Promise<void>
}

/**
 * Lets a real peer replay a channel: it joins with the genesis block, pulls every block from the orderers that the channel's
 * configuration names, and comes to verdicts of its own. It has the certificate of the organisation's peer, and none of the
 * private values: it goes by their hashes.
 *
 * @param root - the folder of a network whose keys lie in `consortium/`; the peer's own files are put beside them
 * @throws FabricError BINARIES_MISSING, NODE_FAILED, CHANNEL_FAILED
 */
export async function startReplayingPeer(root: string, consortium: Consortium, mspId: string): Promise<ReplayingPeer> {
  const binaries = await findBinaries()
  const organization = consortium.definition.organizations.find((it) => it.mspId === mspId)
  const material = consortium.organizations.get(mspId)?.peer
  if (!organization || !material) throw new RangeError(`${mspId} has no peer in this consortium`)
  const [port = 0] = await freePorts(1)
  const address = `127.0.0.1:${String(port)}`
  const folders = openFolders(root)
  const folder = folders.node('replaying-peer')
  const place = { domain: organization.domain, address, material: folders.consortium, data: join(folder, 'data') }
  await writeConfiguration(join(folder, 'core.yaml'), replaying(peerConfiguration(material, place)))

  const watchdog = new Watchdog()
  const program = { name: 'replaying-peer', command: binaries.peer, args: ['node', 'start'], port }
  const node = new NodeProcess({ ...program, ...inFolder(folders, folder, 'replaying-peer') }, watchdog)
  const client = peerClient(consortium, mspId, address)
  const { channel } = consortium.definition
  const query = (name: string, ...args: string[]): Promise<Uint8Array> =>
    client.contract(channel, 'qscc').evaluate(name, { arguments: [channel, ...args], endorsingOrganizations: [mspId] })
  const stop = async (): Promise<void> => {
    client.close()
    await node.stop()
    watchdog.close()
  }
  try {
    node.start()
    await joinPeers(consortium, new Map([[mspId, node]]), [client])
  } catch (error) {
    await stop()
    throw error
  }
  return {
    async reaches(height, timeout) {
      const deadline = Date.now() + timeout
      for (;;) {
        const reached = decodeLoose(BlockchainInfo, await query('GetChainInfo')).height
        if (reached >= height) return
        if (!node.running) throw await node.failure('has ended')
        if (Date.now() > deadline) throw await node.failure(`has ${String(reached)} of ${String(height)} blocks`)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    block: async (number) => parseBlock(await query('GetBlockByNumber', String(number))),
    stop,
  }
}

/** Nobody here can give it private values, so it need not wait for them. */
function replaying(configuration: object): object {
  const { peer } = configuration as { peer: { gossip: { pvtData: object } } }
  const pvtData = { ...peer.gossip.pvtData, pullRetryThreshold: '0s', reconciliationEnabled: false }
  return { ...configuration, peer: { ...peer, gossip: { ...peer.gossip, pvtData } } }
}
