import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { blockHash, parseBlock, toHex } from '@caizheng/fabric-wire'
import type { CertificateRequest, KeyPair } from './key-pair.js'
import { firstDifference } from './compare-definitions.js'
import { defaultConsortium } from './default-consortium.js'
import type { ConsortiumDefinition } from './definition.js'
import { ConsortiumError } from './errors.js'
import { genesisBlock } from './genesis.js'
import { materialFiles } from './layout.js'
import { loadMaterial } from './load-material.js'
import { createMaterial, type ConsortiumMaterial } from './material.js'
import { validateDefinition } from './validate-definition.js'
import { hasCode, writeFolder } from './write-folder.js'

/** A consortium that is ready to run: its keys, its certificates and the first block of its channel. */
export interface Consortium extends ConsortiumMaterial {
  readonly definition: ConsortiumDefinition
  /** Block 0, serialized. */
  readonly genesis: Uint8Array
  /** The network's identity: SHA-256 of block 0's header, in hexadecimal. */
  readonly network: string
  /**
   * A new key and a certificate of an organisation's authority; nothing is stored.
   *
   * @param mspId - an organisation of the channel, or an orderer organisation
   * @throws ConsortiumError ORGANIZATION_UNKNOWN, CERTIFICATE_REFUSED
   */
  issue(mspId: string, request: CertificateRequest): KeyPair
}

/** What `openConsortium` may be told. */
export interface OpenOptions {
  /** The clock that certificates and the genesis block take their times from. */
  readonly now?: () => Date
}

const MANIFEST = 'consortium.json'
const GENESIS = 'genesis.block'

interface Manifest {
  readonly kind: 'caizheng-consortium'
  readonly version: 1
  readonly network: string
  readonly definition: ConsortiumDefinition
}

/**
 * Opens the consortium of a folder. The first time, its keys, certificates and genesis block are created, all of them
 * or nothing; after that they are loaded, and the genesis block is the same byte for byte.
 *
 * @param directory - the folder; its parents are made. Without one, the consortium lives in memory and ends with the
 *   process.
 * @param definition - must be the one that the folder was created for (the organisations' names may differ)
 * @throws ConsortiumError DEFINITION_INVALID, DEFINITION_CHANGED, DIRECTORY_UNUSABLE, MATERIAL_DAMAGED
 * @example
 * const consortium = await openConsortium('.caizheng/consortium')
 * const clerk = consortium.issue('FinanceMSP', { name: 'clerk-7', role: 'client' })
 */
export async function openConsortium(
  directory?: string,
  definition: ConsortiumDefinition = defaultConsortium,
  { now = () => new Date() }: OpenOptions = {},
): Promise<Consortium> {
  validateDefinition(definition)
  if (directory === undefined) return create(definition, now)
  const folder = resolve(directory)
  if (!(await isEmpty(folder))) return load(folder, definition, now)
  const created = create(definition, now)
  const written = await inFolder(folder, () => writeFolder(folder, filesOf(created)))
  return written ? created : load(folder, definition, now)
}

function create(definition: ConsortiumDefinition, now: () => Date): Consortium {
  const material = createMaterial(definition, now)
  return assemble(definition, material, genesisBlock(definition, material, now()))
}

function load(folder: string, definition: ConsortiumDefinition, now: () => Date): Consortium {
  const manifest = readManifest(folder)
  const difference = firstDifference(manifest.definition, definition)
  if (difference) {
    const { path, left, right } = difference
    const remedy = 'Use the former, or another folder; a running channel changes by a configuration update'
    const message = `${folder} was created with ${left}, and ${right} is asked for now. ${remedy}`
    throw new ConsortiumError('DEFINITION_CHANGED', message, path)
  }
  const material = loadMaterial(definition, (path) => readFileSync(join(folder, path), 'utf8'), now)
  const consortium = assemble(definition, material, readGenesis(folder))
  if (consortium.network !== manifest.network)
    throw damaged(GENESIS, 'It is not the block that the folder was created with')
  return consortium
}

function assemble(definition: ConsortiumDefinition, material: ConsortiumMaterial, genesis: Uint8Array): Consortium {
  const network = toHex(blockHash(parseBlock(genesis).header))
  return {
    ...material,
    definition,
    genesis,
    network,
    issue(mspId, request) {
      const organization = material.organizations.get(mspId) ?? material.ordererOrganizations.get(mspId)
      if (organization) return organization.ca.issue(request)
      throw new ConsortiumError('ORGANIZATION_UNKNOWN', `The consortium has no organisation ${mspId}`)
    },
  }
}

function filesOf(consortium: Consortium) {
  const { definition, genesis, network } = consortium
  const manifest: Manifest = { kind: 'caizheng-consortium', version: 1, network, definition }
  return [
    ...materialFiles(consortium),
    { path: GENESIS, content: genesis, secret: false },
    { path: MANIFEST, content: `${JSON.stringify(manifest, undefined, 2)}\n`, secret: false },
  ]
}

async function isEmpty(folder: string): Promise<boolean> {
  return inFolder(folder, async () => {
    try {
      return (await readdir(folder)).length === 0
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return true
      throw error
    }
  })
}

async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const remedy = 'Check its path, its permissions and the space on the disk'
    const message = `The consortium's folder can't be used: ${reason}. ${remedy}`
    throw new ConsortiumError('DIRECTORY_UNUSABLE', message, folder, { cause })
  }
}

function readManifest(folder: string): Manifest {
  let text: string
  try {
    text = readFileSync(join(folder, MANIFEST), 'utf8')
  } catch (cause) {
    const message = `The folder holds files and no ${MANIFEST}, so it is no consortium's. Choose another folder`
    throw new ConsortiumError('DIRECTORY_UNUSABLE', message, folder, { cause })
  }
  try {
    const manifest = JSON.parse(text) as Manifest
    if (manifest.kind === 'caizheng-consortium' && manifest.version === 1) return manifest
  } catch (cause) {
    throw damaged(MANIFEST, 'It is not JSON', cause)
  }
  throw damaged(MANIFEST, 'It is no consortium of a version that this program reads')
}

function readGenesis(folder: string): Uint8Array {
  try {
    const genesis = readFileSync(join(folder, GENESIS))
    parseBlock(genesis)
    return genesis
  } catch (cause) {
    throw damaged(GENESIS, cause instanceof Error ? cause.message : String(cause), cause)
  }
}

const damaged = (path: string, reason: string, cause?: unknown): ConsortiumError =>
  new ConsortiumError('MATERIAL_DAMAGED', `${reason}. Restore the consortium's folder from its backup`, path, { cause })
