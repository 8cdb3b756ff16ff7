import { identify } from '@caizheng/fabric-wire'
import { gateway, peer } from '@hyperledger/fabric-protos'
import type { Channel } from '../channel/index.js'
import type { Address, Consortium } from '../consortium/index.js'
import { deliverService } from '../deliver/index.js'
import { endorserService, type Endorsing } from '../endorser/index.js'
import { CommitWaiter, Gateway, type PeerNode } from '../gateway/index.js'
import type { Broadcast } from '../orderer/index.js'
import { serve, type NodeServer } from './server.js'

/** What the peers of all organisations share. */
export interface PeerContext {
  channel: Channel
  consortium: Consortium
  endorsers: readonly Endorsing[]
  broadcast: Broadcast
  tls: boolean
  /** Where a node is to listen, given its address in the definition. */
  listenOn(address: Address): Address
  /** Told of each server that listens. */
  onListening(mspId: string, server: NodeServer): void
}

export interface RunningPeers {
  nodes: ReadonlyMap<string, PeerNode>
  /** The peer that an organisation's members speak to: its own, or the first one where it has none. */
  nodeFor(mspId: string): PeerNode
  stop: () => void
}

/** Starts one server for each organisation's peer, with the gateway, endorser and deliver services. */
export async function startPeers(context: PeerContext): Promise<RunningPeers> {
  const { channel, broadcast } = context
  const commits = new CommitWaiter(channel.ledger)
  const nodes = new Map<string, PeerNode>()
  const servers: NodeServer[] = []
  const stop = (): void => {
    for (const server of servers) server.stop()
    commits.close()
  }
  try {
    for (const endorser of context.endorsers) {
      const { mspId } = endorser
      const identity = identify(channel.config.msps, endorser.serializedIdentity)
      const isMember = oncePerConfiguration(channel, () => channel.admits(endorser.serializedIdentity))
      const local: PeerNode = { mspId, address: '', endorser, identity, isMember }
      nodes.set(mspId, local)
      const service = new Gateway({ channel, local, peers: nodes, broadcast, commits }).service()
      const server = await serve(
        context.listenOn(addressOf(context.consortium, mspId)),
        [
          { definition: gateway.GatewayService, implementation: service },
          { definition: peer.EndorserService, implementation: endorserService(endorser) },
          { definition: peer.DeliverService, implementation: deliverService(channel, mspId) },
        ],
        context.tls ? context.consortium.organizations.get(mspId)?.peer?.tls : undefined,
      )
      servers.push(server)
      local.address = server.address
      context.onListening(mspId, server)
    }
  } catch (error) {
    stop()
    throw error
  }
  const nodeFor = (mspId: string): PeerNode => {
    const node = nodes.get(mspId) ?? [...nodes.values()][0]
    if (!node) throw new Error('this network has no peers')
    return node
  }
  return { nodes, nodeFor, stop }
}

/** An answer that only the configuration can change, remembered while it is the same. */
function oncePerConfiguration<T>(channel: Channel, answer: () => T): () => T {
  let known: { config: Channel['config']; answer: T } | undefined
  return () => {
    const { config } = channel
    if (known?.config !== config) known = { config, answer: answer() }
    return known.answer
  }
}

function addressOf({ definition }: Consortium, mspId: string): Address {
  const address = definition.organizations.find((one) => one.mspId === mspId)?.peer
  if (!address) throw new Error(`${mspId} has no peer in this consortium`)
  return address
}
