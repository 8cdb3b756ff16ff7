import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Consortium } from '../consortium/index.js'
import { openRegistrars, type Registrars } from './registrars.js'
import { Registry } from './registry.js'
import { serveCa } from './server.js'
import { CaService } from './service.js'

/** A running CA of one organisation. */
export interface RunningCa {
  readonly url: string
  readonly registrars: Registrars
  stop(): Promise<void>
}

/** How to start the CAs. */
export interface CaOptions {
  /** A folder of their own; each organisation has one of its domain's name in it. */
  readonly directory: string
  readonly clock: () => Date
  readonly tls: boolean
  /** Where to listen, by MSP id; default: any free port. */
  readonly ports: Readonly<Record<string, number>>
}

/**
 * Starts a CA for each organisation of the channel.
 *
 * @returns the CAs by MSP id; `onStarted` hears each as soon as there is something to stop
 * @throws Error when a folder can't be used or a port is taken
 */
export async function startCas(
  consortium: Consortium,
  options: CaOptions,
  onStarted: (stop: () => Promise<void>) => void,
): Promise<ReadonlyMap<string, RunningCa>> {
  const cas = new Map<string, RunningCa>()
  for (const { mspId, domain, ca: authority, tlsCa } of consortium.organizations.values()) {
    const directory = join(options.directory, domain)
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const registry = await Registry.open(join(directory, 'registry'))
    onStarted(() => registry.close())
    const registrars = await openRegistrars(directory, registry)
    const service = new CaService({ authority, registry, clock: options.clock })
    const tls = options.tls ? tlsCa.issueTls(authority.name, ['localhost', '127.0.0.1', '::1']) : undefined
    const { url, stop } = await serveCa(service, options.ports[mspId] ?? 0, tls)
    onStarted(stop)
    cas.set(mspId, { url, registrars, stop })
  }
  return cas
}
