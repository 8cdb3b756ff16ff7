import path from 'node:path'
import type { Client } from '@caizheng/client-sdk'
import { createGateway, type Gateway } from '@caizheng/gateway-api'
import { pages } from '@caizheng/portal'
import { pino } from 'pino'
import type { NetworkKind } from './options.js'

/** The REST API and the pages, acting for the client's department; its log goes to `gateway.log` in the data folder. */
export function startGateway(
  data: string,
  client: Client,
  trust: Uint8Array,
  port: number,
  kind: NetworkKind,
  timeStamping?: string,
): Promise<Gateway> {
  const logger = pino(pino.destination({ dest: path.join(data, 'gateway.log'), sync: true }))
  return createGateway({
    client,
    directory: path.join(data, 'gateway'),
    pages,
    port,
    trust,
    ...(timeStamping !== undefined && { timeStamping }),
    // Fabric's nodes are all run by one here, which is not what `fabric` would tell the readers
    network: kind === 'embedded' ? 'embedded' : 'single-operator',
    logger,
  })
}
