import { Client } from './client.js'
import { openEndpoint } from './connection/endpoint.js'
import { loadIdentity } from './connection/identity.js'
import { Link } from './connection/link.js'
import { loadProfile, readPem, type Profile } from './connection/profile.js'
import { defaultTimeouts, type Timeouts } from './transactions/call.js'

export interface ConnectOptions {
  /** The path of a profile file, or the profile itself with paths from the working directory. */
  readonly profile: string | Profile
  /** Longest waits that differ from the defaults, in milliseconds. */
  readonly timeouts?: Partial<Timeouts>
  /** Requests at once to this peer, over all clients of this process; 400 by default, a peer refuses more than 500. */
  readonly concurrency?: number
  /** Don't wait until the connection stands: a service may start before its peer. */
  readonly lazy?: boolean
}

const defaultConcurrency = 400

/**
 * Connects to a peer's gateway as the profile's identity.
 *
 * @example
 * ```ts
 * const client = await connect({ profile: 'finance.json' })
 * ```
 * @throws {ConnectError} `PROFILE_*`, `CERTIFICATE_*`, `PRIVATE_KEY_*`, `TLS_ROOTS_NOT_FOUND`, `NOT_REACHABLE`
 */
export async function connect(options: ConnectOptions): Promise<Client> {
  const located = await loadProfile(options.profile)
  const { profile } = located
  const identity = await loadIdentity(located)
  const timeouts = { ...defaultTimeouts, ...options.timeouts }
  const endpoint = openEndpoint({
    gateway: profile.gateway,
    tlsRoots: profile.tlsRoots === undefined ? undefined : await readPem(located, 'tlsRoots'),
    tlsName: profile.tlsName,
    concurrency: options.concurrency ?? defaultConcurrency,
  })
  try {
    if (options.lazy !== true) await endpoint.ready(timeouts.connect)
  } catch (error) {
    endpoint.release()
    throw error
  }
  return new Client(new Link(endpoint, identity, profile.channel, timeouts), profile)
}
