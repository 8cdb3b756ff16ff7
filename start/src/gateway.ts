import path from 'node:path'
import type { Client } from '@caizheng/client-sdk'
import { createGateway, type Gateway } from '@caizheng/gateway-api'
import { pages } from '@caizheng/portal'
import { pino } from 'pino'

/** The REST API and the pages, acting for the client's department; its log goes to `gateway.log` in the data folder. */
export function startGateway(data: string, client: Client, trust: Uint8Array, port: number): Promise<Gateway> {
  const logger = pino(pino.destination({ dest: path.join(data, 'gateway.log'), sync: true }))
  return createGateway({
    client,
    directory: path.join(data, 'gateway'),
    pages,
    port,
    trust,
    network: 'embedded',
    logger,
  })
}
