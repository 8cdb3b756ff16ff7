import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Consortium, OrganizationMaterial } from '../consortium/index.js'
import { openRegistrars, type Registrars } from './registrars.js'
import { Registry } from './registry.js'
import { serveCa } from './server.js'
import { CaService } from './service.js'

/** A running CA of one organisation. */
export interface RunningCa {
  readonly url: string
  readonly registrars: Registrars
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
 * @param onStarted - hears how to stop each part as soon as it runs, also when another then fails
 * @returns the CAs by MSP id
 * @throws Error when a folder can't be used or a port is taken
 */
export async function startCas(
  consortium: Consortium,
  options: CaOptions,
  onStarted: (stop: () => Promise<void>) => void,
): Promise<ReadonlyMap<string, RunningCa>> {
  // Side by side: each hashes two secrets on the thread pool at its first start
  const started = await Promise.allSettled(
    [...consortium.organizations.values()].map(async (organization): Promise<[string, RunningCa]> => {
      return [organization.mspId, await startCa(organization, options, onStarted)]
    }),
  )
  const cas = new Map<string, RunningCa>()
  for (const ca of started) {
    if (ca.status === 'rejected') throw ca.reason
    cas.set(...ca.value)
  }
  return cas
}

async function startCa(
  { mspId, domain, ca: authority, tlsCa }: OrganizationMaterial,
  { directory, clock, tls, ports }: CaOptions,
  onStarted: (stop: () => Promise<void>) => void,
): Promise<RunningCa> {
  const folder = join(directory, domain)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const registry = await Registry.open(join(folder, 'registry'))
  onStarted(() => registry.close())
  const registrars = await openRegistrars(folder, registry)
  const service = new CaService({ authority, registry, clock })
  const own = tls ? tlsCa.issueTls(authority.name, ['localhost', '127.0.0.1', '::1']) : undefined
  const { url, stop } = await serveCa(service, ports[mspId] ?? 0, own)
  onStarted(stop)
  return { url, registrars }
}
