import { orderer } from '@hyperledger/fabric-protos'
import type { Channel } from '../channel/index.js'
import type { Address, ConsenterMaterial } from '../consortium/index.js'
import { ordererService } from '../deliver/index.js'
import type { Broadcast } from '../orderer/index.js'
import { serve, type NodeServer } from './server.js'

export interface OrdererContext {
  channel: Channel
  consenters: readonly ConsenterMaterial[]
  broadcast: Broadcast
  tls: boolean
  listenOn(address: Address): Address
}

export interface RunningOrderers {
  /** One address for each consenter, in the definition's order. */
  addresses: string[]
  stop: () => void
}

/** Starts one endpoint for each consenter. Behind them all is the one ordering service of this process. */
export async function startOrderers(context: OrdererContext): Promise<RunningOrderers> {
  const servers: NodeServer[] = []
  const stop = (): void => {
    for (const server of servers) server.stop()
  }
  const implementation = ordererService(context.channel, context.broadcast)
  try {
    for (const consenter of context.consenters) {
      const offer = { definition: orderer.AtomicBroadcastService, implementation }
      servers.push(await serve(context.listenOn(consenter), [offer], context.tls ? consenter.tls : undefined))
    }
  } catch (error) {
    stop()
    throw error
  }
  return { addresses: servers.map(({ address }) => address), stop }
}
