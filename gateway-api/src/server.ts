import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Express } from 'express'
import { GatewayError } from './gateway-error.js'

/** Milliseconds, unless said otherwise. */
const limits = {
  /** From the first byte to the end of the headers. */
  headers: 15_000,
  /** A whole request; long enough for the largest file over a slow line. */
  request: 30 * 60_000,
  /** A connection on which nothing moves; longer than the longest `?wait=`. */
  idle: 90_000,
  keepAlive: 10_000,
  /** Open connections. */
  connections: 1_024,
} as const

/**
 * Listens with the limits of a service that strangers may reach.
 *
 * @throws {@link GatewayError} PORT_IN_USE, ADDRESS_UNAVAILABLE
 */
export async function listen(app: Express, host: string, port: number): Promise<Server> {
  const server = createServer(
    {
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      keepAliveTimeout: limits.keepAlive,
      maxHeaderSize: 16_384,
    },
    app,
  )
  server.setTimeout(limits.idle)
  server.maxConnections = limits.connections
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(asGatewayError(error, host, port)))
    server.listen(port, host, resolve)
  })
  return server
}

/** The address as a browser takes it. */
export function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

/** Takes no new connection, ends idle ones, and after `grace` milliseconds the busy ones too. */
export async function closeServer(server: Server, grace: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), grace)
  await closed
  clearTimeout(timer)
}

function asGatewayError(error: NodeJS.ErrnoException, host: string, port: number): GatewayError {
  if (error.code === 'EADDRINUSE') {
    return new GatewayError(
      'PORT_IN_USE',
      `port ${port} of ${host} is in use: stop what listens there, or choose another port`,
      { cause: error },
    )
  }
  return new GatewayError('ADDRESS_UNAVAILABLE', `cannot listen on ${host}:${port}: ${error.message}`, { cause: error })
}
