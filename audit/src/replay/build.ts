import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { compileFunction } from 'node:vm'
import { chaincodeBundle, chaincodeNames } from '@caizheng/chaincode'
import { AuditError } from '../errors.js'

/** What a contract is to whoever calls it: fabric-contract-api's `Contract`. */
export interface Contract {
  getName(): string
  createContext(): Context
}

/** fabric-contract-api's `Context`, and what ours has besides. */
export interface Context {
  setChaincodeStub(stub: object): void
  setClientIdentity(identity: object): void
}

/** One build of a chaincode, loaded. */
export interface Build {
  /** SHA-256 of its file, hex. */
  readonly digest: string
  /** By name; the first is the one that a function without a contract's name means. */
  readonly contracts: ReadonlyMap<string, Contract>
}

/** The builds that an auditor has, by their digests: this release's own, and those of the releases before. */
export type Builds = ReadonlyMap<string, Build>

/**
 * Loads the project's own builds, and the older ones in a folder.
 *
 * @param folder of `*.cjs` files, such as a department has kept of each release
 * @throws {AuditError} `BUILD_UNREADABLE`
 */
export async function loadBuilds(folder?: string): Promise<Builds> {
  own ??= Promise.all(chaincodeNames.map((name) => loadBuild(chaincodeBundle(name).path)))
  const older = folder === undefined ? [] : await Promise.all((await namesIn(folder)).map(loadBuild))
  return new Map([...(await own), ...older].map((build) => [build.digest, build]))
}

/** This release's own, loaded once. */
let own: Promise<Build[]> | undefined

/** The build of a definition: its version ends with the digest. */
export function buildOf(builds: Builds, version: string): Build | undefined {
  return builds.get(/[0-9a-f]{64}$/.exec(version)?.[0] ?? '')
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new AuditError('BUILD_UNREADABLE', `${folder} can't be read`, { cause })
  })
  return names.filter((name) => name.endsWith('.cjs')).map((name) => join(folder, name))
}

async function loadBuild(file: string): Promise<Build> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new AuditError('BUILD_UNREADABLE', `There is no chaincode at ${file}`, { cause })
  })
  const module: { exports: { readonly contracts?: readonly (new () => Contract)[] } } = { exports: {} }
  // Wherever it lies, its libraries are those of this release: a build brings everything else itself.
  const require = createRequire(chaincodeBundle('evidence').path)
  const parameters = ['exports', 'require', 'module', '__filename', '__dirname']
  try {
    withoutListeners(() => {
      const run = compileFunction(bytes.toString(), parameters, { filename: file }) as (...given: unknown[]) => void
      run(module.exports, require, module, file, dirname(file))
    })
    const made = (module.exports.contracts ?? []).map((kind) => new kind())
    if (made.length === 0) throw new RangeError('it exports no contracts')
    const digest = createHash('sha256').update(bytes).digest('hex')
    return { digest, contracts: new Map(made.map((contract) => [contract.getName(), contract])) }
  } catch (cause) {
    throw new AuditError('BUILD_UNREADABLE', `${file} is no chaincode: ${(cause as Error).message}`, { cause })
  }
}

/** fabric-shim is made to own a process, and takes over its errors when it is loaded: that is undone. */
function withoutListeners(load: () => void): void {
  const events = ['unhandledRejection', 'uncaughtException'] as const
  const before = events.map((event) => process.listeners(event as 'uncaughtException'))
  load()
  events.forEach((event, index) => {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!before[index]?.includes(listener)) process.removeListener(event, listener)
    }
  })
}
