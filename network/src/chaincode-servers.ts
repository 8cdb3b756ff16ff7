import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Folders } from './folders.js'
import { FabricError } from './errors.js'
import { NodeProcess } from './node-process.js'
import type { FabricChaincode } from './options.js'
import { servicePackage, type ChaincodePackage } from '@caizheng/test-network'
import { assignPorts, type Settings } from './settings.js'
import type { Watchdog } from './watchdog.js'

const program = fileURLToPath(new URL('../../programs/serve.cjs', import.meta.url))

/** The chaincode processes of all organisations. */
export class ChaincodeServers {
  readonly #servers = new Map<string, NodeProcess>()

  constructor(
    private readonly folders: Folders,
    private readonly settings: Settings,
    private readonly watchdog: Watchdog,
  ) {}

  /** Finds a port for each server of these chaincodes, and keeps it for the next start. */
  async reserve(chaincodes: readonly FabricChaincode[], organizations: readonly string[]): Promise<void> {
    const places = chaincodes.flatMap(({ name }) => organizations.map((mspId) => `${name}/${mspId}`))
    await assignPorts(this.folders.root, this.settings, places)
  }

  /**
   * Starts a chaincode's server for each organisation, in the place of an earlier version's, without waiting for it; `reserve`
   * comes first.
   *
   * @returns the packages to install, by MSP id; each names the organisation's own address
   */
  async start(chaincode: FabricChaincode, organizations: readonly string[]): Promise<Map<string, ChaincodePackage>> {
    const { name, version = '1.0', programs } = chaincode
    const packages = new Map<string, ChaincodePackage>()
    for (const mspId of organizations) {
      const place = `${name}/${mspId}`
      const port = this.settings.chaincodePorts[place] ?? 0
      const address = `127.0.0.1:${String(port)}`
      const built = servicePackage(`${name}_${version}`, address)
      const { module } = programs?.[mspId] ?? chaincode.program
      await this.#servers.get(place)?.stop()
      const server = new NodeProcess(
        {
          name: `Chaincode ${name} of ${mspId}`,
          command: process.execPath,
          args: [program, module, built.id, address],
          cwd: this.folders.root,
          environment: {},
          log: join(this.folders.logs, `${name}.${mspId}.log`),
          port,
        },
        this.watchdog,
      )
      server.start()
      this.#servers.set(place, server)
      packages.set(mspId, built)
    }
    return packages
  }

  /** Resolves when all of a chaincode's servers take connections. @throws FabricError NODE_FAILED */
  async listening(name: string): Promise<void> {
    await Promise.all(this.of(name).map((server) => server.listening()))
  }

  /** A chaincode's servers: of all organisations, or of one. @throws FabricError CHAINCODE_FAILED where there is none */
  of(name: string, mspId?: string): NodeProcess[] {
    const found = [...this.#servers].filter(([place]) =>
      mspId === undefined ? place.startsWith(`${name}/`) : place === `${name}/${mspId}`,
    )
    if (found.length > 0) return found.map(([, server]) => server)
    throw new FabricError('CHAINCODE_FAILED', `No chaincode ${name} runs here${mspId ? ` for ${mspId}` : ''}`)
  }

  async stop(): Promise<void> {
    // They hold nothing that an orderly end would save
    await Promise.all([...this.#servers.values()].map((server) => server.kill()))
  }
}
