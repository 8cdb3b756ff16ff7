import { setTimeout as sleep } from 'node:timers/promises'
import { parseAnchorRequest } from '@caizheng/records'
import { pino } from 'pino'
import { chainOf, isNetworkFailure } from './chain.js'
import { GatewayError } from './gateway-error.js'
import { createApp } from './http/app.js'
import { isLoopback } from './http/guards.js'
import { AnchorIndex } from './index/anchor-index.js'
import { Follower } from './index/follower.js'
import { defaultLimits, type Gateway, type GatewayOptions } from './options.js'
import { NetworkGate } from './network-gate.js'
import { Outbox } from './outbox/outbox.js'
import { OutboxWorker } from './outbox/worker.js'
import { Readiness } from './readiness.js'
import { closeServer, listen, urlOf } from './server.js'
import { Binding } from './store/binding.js'
import { openDatabase } from './store/database.js'
import { GroupCommit } from './store/group-commit.js'
import { openTrustSource } from './trust.js'

/** Milliseconds that starting waits for the network before it goes on without. */
const PATIENCE = 3_000
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
  const { host = '127.0.0.1', port = 8080, token, queueLimit = 10_000, concurrency = 64 } = options
  checkToken(host, token)
  const logger = options.logger ?? pino()
  const chain = chainOf(options.client)
  const trust = options.trust === undefined ? undefined : await openTrustSource(options.trust)
  const database = openDatabase(options.directory)
  const stopping = new AbortController()
  try {
    const binding = new Binding(database, options.directory)
    binding.bindDepartment(chain.msp, chain.channel)
    const commits = new GroupCommit(database)
    const index = new AnchorIndex(database, commits)
    if (options.rebuildIndex === true) index.clear()
    const outbox = new Outbox(database, commits, queueLimit)
    const submit = (entry: { request: string }, signal: AbortSignal) =>
      chain.anchor(parseAnchorRequest(JSON.parse(entry.request)), signal)
    const worker = new OutboxWorker({ outbox, submit, isNetworkFailure, logger, concurrency })
    const follower = new Follower({ index, follow: chain.follow, chaincode: chain.chaincode, logger })
    const gate = new NetworkGate(chain, binding, logger)
    const readiness = new Readiness({ chain, gate, index, follower, outbox, worker, queueLimit })
    const limits = { ...defaultLimits, ...options.limits }
    const network = options.network ?? 'undeclared'
    const services = { chain, outbox, worker, index, readiness, limits, trust, network, binding, queueLimit }

    const begun = gate.pass(stopping.signal).then((passed) => {
      if (!passed) return
      worker.start()
      follower.start()
    })
    // A wrong network that shows at once refuses the start; one that is away doesn't.
    await Promise.race([begun, sleep(PATIENCE)])
    begun.catch((error: unknown) => logger.fatal({ err: error }, 'gateway: nothing is submitted'))

    const server = await listen(createApp({ services, token, pages: options.pages ?? [], logger }), host, port)
    logger.info({ url: urlOf(server), department: chain.msp, queued: outbox.queued() }, 'gateway: listening')
    return {
      url: urlOf(server),
      close: async () => {
        stopping.abort()
        await Promise.all([closeServer(server, GRACE), worker.stop(GRACE), follower.stop()])
        commits.flush()
        database.close()
      },
    }
  } catch (error) {
    stopping.abort()
    database.close()
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
