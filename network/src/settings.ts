import { access, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { defaultConsortium, type ConsortiumDefinition } from '@caizheng/test-network'
import { FabricError } from './errors.js'
import { freePorts, onFreePorts, portsOf } from './ports.js'

/** What a network's folder remembers from one start to the next: where everything listens. */
export interface Settings {
  readonly kind: 'caizheng-fabric-network'
  readonly version: 1
  readonly definition: ConsortiumDefinition
  /** Ports of the orderers' participation interface, by consenter id. */
  readonly adminPorts: Readonly<Record<string, number>>
  /** Ports of chaincode servers, by `<chaincode>/<MSP id>`. */
  readonly chaincodePorts: Record<string, number>
}

/** Finds a port for each place that has none, and keeps it in the settings. */
export async function assignPorts(directory: string, settings: Settings, places: readonly string[]): Promise<void> {
  const { definition, adminPorts, chaincodePorts } = settings
  const missing = places.filter((place) => chaincodePorts[place] === undefined)
  if (missing.length === 0) return
  const taken = [...portsOf(definition), ...Object.values(adminPorts), ...Object.values(chaincodePorts)]
  const ports = await freePorts(missing.length, taken)
  for (const [index, place] of missing.entries()) chaincodePorts[place] = ports[index] ?? 0
  await saveSettings(directory, settings)
}

const FILE = 'network.json'

/**
 * The settings of a folder: those of its last start, or new ones.
 *
 * @param fixedPorts - listen where the definition says; else on any free ports
 * @throws FabricError DIRECTORY_UNUSABLE where the file can't be read
 */
export async function openSettings(
  directory: string,
  definition: ConsortiumDefinition | undefined,
  fixedPorts: boolean,
): Promise<Settings> {
  const kept = await readSettings(directory)
  // Names of organisations may change, and openConsortium finds every other difference
  if (kept) return { ...kept, definition: definition ? withPortsOf(definition, kept.definition) : kept.definition }
  if (await exists(join(directory, 'consortium'))) {
    const message = `${directory} holds a consortium and no ${FILE}: another network's, such as the embedded one's`
    throw new FabricError('DIRECTORY_UNUSABLE', `${message}. Choose another folder`)
  }
  const named = definition ?? defaultConsortium
  const wanted = fixedPorts ? named : await onFreePorts(named)
  const ports = await freePorts(wanted.consenters.length, portsOf(wanted))
  const settings: Settings = {
    kind: 'caizheng-fabric-network',
    version: 1,
    definition: wanted,
    adminPorts: Object.fromEntries(wanted.consenters.map(({ id }, index) => [String(id), ports[index] ?? 0])),
    chaincodePorts: {},
  }
  await saveSettings(directory, settings)
  return settings
}

async function saveSettings(directory: string, settings: Settings): Promise<void> {
  const draft = join(directory, `${FILE}.new`)
  await writeFile(draft, `${JSON.stringify(settings, undefined, 2)}\n`, { flush: true })
  await rename(draft, join(directory, FILE))
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function readSettings(directory: string): Promise<Settings | undefined> {
  const path = join(directory, FILE)
  try {
    const settings = JSON.parse(await readFile(path, 'utf8')) as Settings
    if (settings.kind === 'caizheng-fabric-network' && settings.version === 1) return settings
  } catch (cause) {
    if (cause instanceof Error && (cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new FabricError('DIRECTORY_UNUSABLE', `${path} can't be read. Restore it from its backup`, { cause })
  }
  throw new FabricError('DIRECTORY_UNUSABLE', `${path} is not of a version that this program reads`)
}

function withPortsOf(wanted: ConsortiumDefinition, kept: ConsortiumDefinition): ConsortiumDefinition {
  const peers = new Map(kept.organizations.map(({ mspId, peer }) => [mspId, peer]))
  const consenters = new Map(kept.consenters.map(({ id, host, port }) => [id, { host, port }]))
  return {
    ...wanted,
    organizations: wanted.organizations.map((it) => ({
      ...it,
      ...(it.peer && { peer: peers.get(it.mspId) ?? it.peer }),
    })),
    consenters: wanted.consenters.map((it) => ({ ...it, ...consenters.get(it.id) })),
  }
}
