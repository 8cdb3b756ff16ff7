import { Client as GrpcClient, connectivityState, credentials } from '@grpc/grpc-js'
import { createHash } from 'node:crypto'
import { ConnectError } from '../errors/caizheng-error.js'
import { Semaphore } from './semaphore.js'

/** Where a gateway is and how to trust it. */
export interface EndpointOptions {
  readonly gateway: string
  /** PEM; without it the connection is plain. */
  readonly tlsRoots?: string | undefined
  readonly tlsName?: string | undefined
  /** Requests at once, over all clients of this process that share the endpoint. */
  readonly concurrency: number
}

/** One gRPC connection and its semaphore, shared by every client of this process with the same settings. */
export interface Endpoint {
  readonly address: string
  readonly grpc: GrpcClient
  readonly semaphore: Semaphore
  /**
   * Waits until the connection stands.
   * @throws {ConnectError} `NOT_REACHABLE`
   */
  ready(milliseconds: number): Promise<void>
  /** Gives this share back; the last one closes the connection. */
  release(): void
}

interface Shared {
  readonly grpc: GrpcClient
  readonly semaphore: Semaphore
  shares: number
}

const open = new Map<string, Shared>()

// A peer closes connections that are pinged more often than once a minute, so stay well above that.
const channelOptions = {
  'grpc.keepalive_time_ms': 120_000,
  'grpc.keepalive_timeout_ms': 20_000,
  'grpc.keepalive_permit_without_calls': 0,
  'grpc.max_receive_message_length': 100 * 1024 * 1024,
  'grpc.max_send_message_length': 100 * 1024 * 1024,
  // A peer that comes back should be found soon; the default climbs to two minutes.
  'grpc.initial_reconnect_backoff_ms': 200,
  'grpc.max_reconnect_backoff_ms': 5_000,
} as const

/** Takes a share of the connection to an endpoint, opening it for the first. Does not wait for it to stand. */
export function openEndpoint(options: EndpointOptions): Endpoint {
  const key = createHash('sha256')
    .update(JSON.stringify([options.gateway, options.tlsRoots ?? null, options.tlsName ?? null, options.concurrency]))
    .digest('hex')
  let shared = open.get(key)
  if (shared === undefined) {
    shared = { grpc: dial(options), semaphore: new Semaphore(options.concurrency), shares: 0 }
    open.set(key, shared)
  }
  shared.shares++
  return share(key, shared, options.gateway)
}

function share(key: string, shared: Shared, address: string): Endpoint {
  let released = false
  return {
    address,
    grpc: shared.grpc,
    semaphore: shared.semaphore,
    ready: (milliseconds) => waitForReady(shared.grpc, address, milliseconds),
    release: () => {
      if (released) return
      released = true
      if (--shared.shares > 0) return
      open.delete(key)
      shared.grpc.close()
    },
  }
}

function dial(options: EndpointOptions): GrpcClient {
  if (options.tlsRoots === undefined) {
    return new GrpcClient(options.gateway, credentials.createInsecure(), channelOptions)
  }
  return new GrpcClient(options.gateway, credentials.createSsl(Buffer.from(options.tlsRoots)), {
    ...channelOptions,
    ...(options.tlsName === undefined ? {} : { 'grpc.ssl_target_name_override': options.tlsName }),
  })
}

function waitForReady(grpc: GrpcClient, address: string, milliseconds: number): Promise<void> {
  return new Promise((resolve, reject) => {
    grpc.waitForReady(Date.now() + milliseconds, (cause) => {
      if (cause === undefined || cause === null) return resolve()
      const state = connectivityState[grpc.getChannel().getConnectivityState(false)]
      const message = `No connection to the peer at ${address} within ${milliseconds} ms (${state})`
      reject(new ConnectError('NOT_REACHABLE', 'connect', message, { cause }))
    })
  })
}
