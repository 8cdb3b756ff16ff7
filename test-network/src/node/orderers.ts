import { orderer } from '@hyperledger/fabric-protos'
import type { Channel } from '../channel/index.js'
import type { Address, ConsenterMaterial } from '../consortium/index.js'
import { ordererService } from '../deliver/index.js'
import type { Broadcast } from '../orderer/index.js'
import { serve, type NodeServer } from './server.js'

export interface OrdererContext {
  channel: Channel
  consenters: readonly ConsenterMaterial[]
  /** How each consenter's endpoint takes transactions, by its place in the definition. */
  broadcast(index: number): Broadcast
  tls: boolean
  listenOn(address: Address): Address
  /** Told of each server that listens. */
  onListening(index: number, server: NodeServer): void
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
  try {
    for (const [index, consenter] of context.consenters.entries()) {
      const implementation = ordererService(context.channel, context.broadcast(index))
      const offer = { definition: orderer.AtomicBroadcastService, implementation }
      const server = await serve(context.listenOn(consenter), [offer], context.tls ? consenter.tls : undefined)
      servers.push(server)
      context.onListening(index, server)
    }
  } catch (error) {
    stop()
    throw error
  }
  return { addresses: servers.map(({ address }) => address), stop }
}
