import { pino, type Logger } from 'pino'
import { createGateway, type Gateway, type GatewayOptions } from '../../src/index.js'
import type { County } from './network.js'

export const silent: Logger = pino({ level: 'silent' })

/** Gateways of one suite, closed after it or earlier. */
export class Gateways {
  private readonly open = new Set<Gateway>()

  constructor(
    private readonly county: () => County,
    private readonly folder: () => string,
  ) {}

  /** Starts a gateway of a department on a free port; its peer may be reached over another address. */
  async start(
    options: Partial<GatewayOptions> & { department?: string; peer?: string } = {},
  ): Promise<Gateway & { directory: string }> {
    const { department = 'FinanceMSP', peer, ...rest } = options
    const county = this.county()
    const directory = rest.directory ?? this.folder()
    const gateway = await createGateway({
      client: await county.client(department, peer),
      directory,
      port: 0,
      trust: county.trust,
      network: 'embedded',
      logger: silent,
      ...rest,
    })
    this.open.add(gateway)
    return { url: gateway.url, directory, close: () => this.close(gateway) }
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.open].map((gateway) => this.close(gateway)))
  }

  private async close(gateway: Gateway): Promise<void> {
    this.open.delete(gateway)
    await gateway.close()
  }
}
