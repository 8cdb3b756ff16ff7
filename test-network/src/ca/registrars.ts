import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fixedAttributes, Hf } from './attributes.js'
import type { Attribute } from './fields.js'
import type { IdentityRecord } from './records.js'
import type { Registry } from './registry.js'
import { hashSecret, newSecret } from './secrets.js'

/** Who a CA knows from its start: `admin` may do everything, `gateway` may register clients and no more. */
export type RegistrarName = 'admin' | 'gateway'

/** What a registrar enrolls with, as often as needed. */
export interface Registrar {
  readonly id: RegistrarName
  /** A secret. */
  readonly secret: string
}

export type Registrars = Readonly<Record<RegistrarName, Registrar>>

const FILE = 'registrars.json'

const RIGHTS: Readonly<Record<RegistrarName, Readonly<Record<string, string>>>> = {
  admin: {
    [Hf.roles]: 'client,peer,orderer,admin',
    [Hf.delegateRoles]: 'client,peer,orderer,admin',
    [Hf.attributes]: '*',
    [Hf.revoker]: 'true',
    [Hf.genCrl]: 'true',
    [Hf.affiliationManager]: 'true',
  },
  gateway: { [Hf.roles]: 'client' },
}

/**
 * The registrars of a CA's folder, made at its first start. Their secrets lie in a file that its owner alone reads,
 * like the CA's own key; the registry has hashes.
 */
export async function openRegistrars(directory: string, registry: Registry): Promise<Registrars> {
  const secrets = await readOrCreate(directory)
  const missing = (['admin', 'gateway'] as const).filter((id) => !registry.identity(id))
  const identities = await Promise.all(missing.map((id) => recordOf(id, secrets[id])))
  if (identities.length > 0) await registry.write({ identities })
  return { admin: { id: 'admin', secret: secrets.admin }, gateway: { id: 'gateway', secret: secrets.gateway } }
}

async function readOrCreate(directory: string): Promise<Record<RegistrarName, string>> {
  const path = join(directory, FILE)
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<RegistrarName, string>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const secrets = { admin: newSecret(), gateway: newSecret() }
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const draft = await open(`${path}.new`, 'w', 0o600)
  try {
    await draft.writeFile(`${JSON.stringify(secrets, undefined, 2)}\n`)
    await draft.sync()
  } finally {
    await draft.close()
  }
  await rename(`${path}.new`, path)
  return secrets
}

async function recordOf(id: RegistrarName, secret: string): Promise<IdentityRecord> {
  const rights = Object.entries(RIGHTS[id]).map(([name, value]): Attribute => ({ name, value, ecert: false }))
  const base = { id, type: 'client' as const, affiliation: '' }
  return {
    ...base,
    attributes: [...rights, ...fixedAttributes(base)],
    // A registrar's program enrolls anew wherever it starts without its certificate
    maxEnrollments: -1,
    enrolled: 0,
    revoked: false,
    secret: await hashSecret(secret),
    failures: 0,
    lockedUntil: 0,
  }
}
