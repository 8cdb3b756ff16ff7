import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Consortium } from '@caizheng/test-network'
import type { Binaries } from './binaries.js'
import type { Folders } from './folders.js'
import { NodeProcess } from './node-process.js'
import { ordererConfiguration } from './orderer-configuration.js'
import { peerConfiguration } from './peer-configuration.js'
import type { Settings } from './settings.js'
import type { Watchdog } from './watchdog.js'

/** What nodes are made from. */
export interface NodesContext {
  readonly binaries: Binaries
  readonly consortium: Consortium
  readonly folders: Folders
  readonly settings: Settings
  readonly watchdog: Watchdog
}

/** The peers by MSP id, configured and not yet started. */
export async function createPeers(context: NodesContext): Promise<Map<string, NodeProcess>> {
  const { binaries, consortium, folders, watchdog } = context
  const peers = new Map<string, NodeProcess>()
  for (const { mspId, domain, peer: address } of consortium.definition.organizations) {
    const material = consortium.organizations.get(mspId)?.peer
    if (!address || !material) continue
    const folder = folders.node(material.name)
    const place = {
      domain,
      address: `${address.host}:${String(address.port)}`,
      material: folders.consortium,
      data: join(folder, 'data'),
    }
    await writeConfiguration(join(folder, 'core.yaml'), peerConfiguration(material, place))
    const program = { name: material.name, command: binaries.peer, args: ['node', 'start'], port: address.port }
    peers.set(mspId, new NodeProcess({ ...program, ...inFolder(folders, folder, material.name) }, watchdog))
  }
  return peers
}

/** The orderers in the definition's order, configured and not yet started. */
export async function createOrderers(context: NodesContext): Promise<NodeProcess[]> {
  const { binaries, consortium, folders, settings, watchdog } = context
  const orderers: NodeProcess[] = []
  for (const consenter of consortium.consenters) {
    const folder = folders.node(consenter.name)
    const adminPort = settings.adminPorts[String(consenter.id)] ?? 0
    const place = { material: folders.consortium, data: join(folder, 'data'), adminPort }
    await writeConfiguration(join(folder, 'orderer.yaml'), ordererConfiguration(consortium, consenter, place))
    // Its administration listens before its services do
    const program = { name: consenter.name, command: binaries.orderer, args: [], port: consenter.port }
    orderers.push(new NodeProcess({ ...program, ...inFolder(folders, folder, consenter.name) }, watchdog))
  }
  return orderers
}

export const inFolder = (folders: Folders, folder: string, name: string) => ({
  cwd: folder,
  environment: {
    FABRIC_CFG_PATH: folder,
    FABRIC_LOGGING_SPEC: 'info:grpc=warn:comm.grpc.server=warn',
    FABRIC_LOGGING_FORMAT: LOG_FORMAT,
  },
  log: join(folders.logs, `${name}.log`),
})

const LOG_FORMAT = '%{time:2006-01-02T15:04:05.000Z07:00} %{level} [%{module}] %{message}'

/** JSON is YAML. */
export async function writeConfiguration(path: string, content: object): Promise<void> {
  await writeFile(path, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 })
}
