import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { ChaincodeRuntime, chaincodeService } from '../chaincode/index.js'
import { readPackage, serviceAddress } from './read-package.js'

/** A chaincode that an organisation's peer has. */
export interface Installed {
  readonly id: string
  readonly label: string
  readonly runtime: ChaincodeRuntime
  /** The package that it was installed from; absent where the network was started with it. */
  readonly bytes?: Uint8Array
}

/** The chaincodes of one organisation's peer, by package id: those it was started with, and installed packages. */
export class InstalledChaincodes {
  readonly #installed = new Map<string, Installed>()
  readonly #installing = new Map<string, Promise<Installed>>()

  private constructor(private readonly directory: string) {}

  /** Opens what was installed before. @throws Error where a package can't be read again */
  static async open(directory: string): Promise<InstalledChaincodes> {
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const installed = new InstalledChaincodes(directory)
    for (const file of (await readdir(directory)).filter((name) => name.endsWith('.tar.gz'))) {
      installed.#keep(await readFile(join(directory, file)))
    }
    return installed
  }

  /** Adds a chaincode that needs no package. */
  add(label: string, runtime: ChaincodeRuntime): void {
    this.#installed.set(runtime.packageId, { id: runtime.packageId, label, runtime })
  }

  get(id: string): Installed | undefined {
    return this.#installed.get(id)
  }

  /** Ascending by id. */
  list(): Installed[] {
    return [...this.#installed.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** Installs a package; it is on the disk when this resolves. @throws Error in a peer's words */
  async install(bytes: Uint8Array): Promise<Installed> {
    const { id } = describe('could not parse as a chaincode install package', () => readPackage(bytes))
    if (this.#installed.has(id) || this.#installing.has(id)) {
      await this.#installing.get(id)
      throw new Error(`chaincode already successfully installed (package ID '${id}')`)
    }
    const installing = this.#install(bytes)
    this.#installing.set(id, installing)
    try {
      return await installing
    } finally {
      this.#installing.delete(id)
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.list().map(({ runtime }) => runtime.close()))
  }

  async #install(bytes: Uint8Array): Promise<Installed> {
    describe('could not build chaincode', () => serviceAddress(readPackage(bytes)))
    const path = join(this.directory, `${createHash('sha256').update(bytes).digest('hex')}.tar.gz`)
    const file = await open(`${path}.part`, 'w', 0o600)
    try {
      await file.writeFile(bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(`${path}.part`, path)
    return this.#keep(bytes)
  }

  #keep(bytes: Uint8Array): Installed {
    const content = readPackage(bytes)
    const runtime = new ChaincodeRuntime(content.id, chaincodeService(serviceAddress(content)))
    const installed = { id: content.id, label: content.label, runtime, bytes }
    this.#installed.set(content.id, installed)
    return installed
  }
}

function describe<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    throw new Error(`${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}
