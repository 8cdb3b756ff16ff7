import type { Server } from 'node:http'
import { pino } from 'pino'
import { chainOf } from './chain.js'
import { Engine } from './engine.js'
import { GatewayError } from './gateway-error.js'
import { createApp } from './http/app.js'
import { isLoopback } from './http/guards.js'
import { defaultBatches, defaultLimits, type Gateway, type GatewayOptions } from './options.js'
import { closeServer, listen, urlOf } from './server.js'
import { lockDirectory } from './store/lock.js'
import { openTrustSource, timeStamperOf } from './trust.js'

/** Milliseconds that stopping gives to what is under way. */
const GRACE = 10_000

/**
 * Starts the REST API for one department.
 *
 * @throws {@link GatewayError}; nothing listens then and the folder is free
 * @example
 * ```ts
 * const client = await connect({ profile: 'finance.json' })
 * const gateway = await createGateway({ client, directory: '.caizheng/gateway', pages, trust: 'trust.json' })
 * console.log(gateway.url)
 * ```
 */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { host = '127.0.0.1', port = 8080, token, queueLimit = 50_000, concurrency = 64, directory } = options
  checkToken(host, token)
  const logger = options.logger ?? pino()
  const trust = options.trust === undefined ? undefined : await openTrustSource(options.trust)
  const chain = chainOf(options.client, timeStamperOf(options.timeStamping, trust))
  const unlock = lockDirectory(directory)
  let engine: Engine | undefined
  const stop = async (server?: Server): Promise<void> => {
    await Promise.all([server && closeServer(server, GRACE), engine?.stop(GRACE)])
    engine?.close()
    unlock()
  }
  try {
    engine = new Engine({
      chain,
      directory,
      queueLimit,
      concurrency,
      batches: { ...defaultBatches, ...options.batches },
      rebuildIndex: options.rebuildIndex === true,
      logger,
    })
    await engine.start()
    const { outbox, index, records, worker, batches, readiness, binding } = engine
    const limits = { ...defaultLimits, ...options.limits }
    const network = options.network ?? 'undeclared'
    const services = { chain, outbox, worker, batches, index, records, readiness, binding, limits, trust, network }
    const server = await listen(createApp({ services, token, pages: options.pages ?? [], logger }), host, port)
    const url = urlOf(server)
    logger.info({ url, department: chain.msp, queued: outbox.queued() }, 'gateway: listening')
    let closing: Promise<void> | undefined
    return { url, close: () => (closing ??= stop(server)) }
  } catch (error) {
    await stop()
    throw error
  }
}

function checkToken(host: string, token: string | undefined): void {
  if (token !== undefined && token.length < 16) {
    throw new GatewayError(
      'TOKEN_TOO_SHORT',
      'the token must have at least 16 characters: make one with "openssl rand -base64 24"',
    )
  }
  if (token === undefined && !isLoopback(host)) {
    throw new GatewayError(
      'TOKEN_REQUIRED',
      `${host} can be reached from other machines: give a token, or listen on 127.0.0.1`,
    )
  }
}
