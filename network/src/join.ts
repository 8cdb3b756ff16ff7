import { peer } from '@hyperledger/fabric-protos'
import type { Consortium } from '@caizheng/test-network'
import { FabricError } from './errors.js'
import type { NodeProcess } from './node-process.js'
import { joinOrderer } from './participation.js'
import type { PeerClient } from './peer-client.js'
import { describeFailure, retry } from './retry.js'
import type { Settings } from './settings.js'

const TIMEOUT = 20_000

/** Waits for the orderers and lets each take part in the channel. @throws FabricError NODE_FAILED, CHANNEL_FAILED */
export async function joinOrderers(
  consortium: Consortium,
  settings: Settings,
  orderers: readonly NodeProcess[],
): Promise<void> {
  await Promise.all(
    consortium.consenters.map(async (consenter, index) => {
      await orderers[index]?.listening()
      const port = settings.adminPorts[String(consenter.id)] ?? 0
      await guarded(consenter.name, () => retry(() => joinOrderer(consortium, consenter, port), TIMEOUT))
    }),
  )
}

/** Waits for the peers and lets each join the channel. @throws FabricError NODE_FAILED, CHANNEL_FAILED */
export async function joinPeers(
  { genesis, definition }: Consortium,
  peers: ReadonlyMap<string, NodeProcess>,
  clients: readonly PeerClient[],
): Promise<void> {
  await Promise.all(
    clients.map(async (client) => {
      const node = peers.get(client.mspId)
      await node?.listening()
      await guarded(node?.program.name ?? client.mspId, () =>
        retry(async () => {
          const joined = await client.call('cscc', [Buffer.from('GetChannels')])
          const channels = peer.ChannelQueryResponse.deserializeBinary(joined).getChannelsList()
          if (channels.some((it) => it.getChannelId() === definition.channel)) return
          await client.call('cscc', [Buffer.from('JoinChain'), genesis])
        }, TIMEOUT),
      )
    }),
  )
}

async function guarded(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    if (cause instanceof FabricError) throw cause
    throw new FabricError('CHANNEL_FAILED', `${name} did not join the channel: ${describeFailure(cause)}`, { cause })
  }
}
