import { randomBytes } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { IssuedIdentity } from './key-pair.js'
import { nodeOrganizations } from './definition.js'
import { ConsortiumError } from './errors.js'
import type { Consortium } from './open.js'

/** What a client's profile is made from. */
export interface ProfileOptions {
  readonly mspId: string
  /**
   * The profile's name, which is also the file's; default: the first label of the organisation's domain, such as
   * `finance`.
   */
  readonly name?: string
  /** Whom the client acts as; default: the organisation's user. */
  readonly identity?: IssuedIdentity
  /** `host:port` of the peer's gateway service. */
  readonly gateway: string
  /**
   * For a gateway that speaks TLS: its root certificates, PEM, and the name in its certificate where the address has
   * another.
   */
  readonly tls?: { readonly roots: string; readonly name?: string }
  /** The names under which the chaincodes are deployed, by what they are. */
  readonly chaincodes?: Readonly<Record<string, string>>
}

/**
 * Writes `<name>.json` with what a client needs to connect, and its certificate and private key (mode 0600) in a folder
 * beside it. Files that are there already are replaced, one by one and each as a whole.
 *
 * @returns the path of the profile
 * @throws ConsortiumError ORGANIZATION_UNKNOWN; DIRECTORY_UNUSABLE where the folder can't be written
 * @example
 * await writeProfile('.caizheng/profiles', consortium, { mspId: 'FinanceMSP', gateway: '127.0.0.1:7051' })
 */
export async function writeProfile(
  directory: string,
  consortium: Consortium,
  options: ProfileOptions,
): Promise<string> {
  const organization = consortium.organizations.get(options.mspId)
  if (!organization) {
    throw new ConsortiumError('ORGANIZATION_UNKNOWN', `The consortium has no organisation ${options.mspId}`)
  }
  const {
    name = organization.domain.split('.')[0] ?? '',
    identity = organization.user,
    gateway,
    tls,
    chaincodes,
  } = options
  const profile = {
    kind: 'caizheng-profile',
    version: 1,
    channel: consortium.definition.channel,
    mspId: options.mspId,
    gateway,
    ...(tls && { tlsRoots: `${name}/tls-roots.pem`, ...(tls.name !== undefined && { tlsName: tls.name }) }),
    certificate: `${name}/certificate.pem`,
    privateKey: `${name}/private-key.pem`,
    organizations: nodeOrganizations(consortium.definition),
    ...(chaincodes && { chaincodes }),
  }
  const path = join(directory, `${name}.json`)
  try {
    await mkdir(join(directory, name), { recursive: true, mode: 0o700 })
    await replace(join(directory, profile.certificate), identity.certificatePem)
    await replace(join(directory, profile.privateKey), identity.privateKeyPem, 0o600)
    if (tls) await replace(join(directory, name, 'tls-roots.pem'), tls.roots)
    // Last, for it is what a client looks for
    await replace(path, `${JSON.stringify(profile, undefined, 2)}\n`)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ConsortiumError('DIRECTORY_UNUSABLE', `The profile can't be written: ${reason}`, path, { cause })
  }
  return path
}

async function replace(path: string, content: string, mode = 0o644): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  await writeFile(draft, content, { mode, flush: true })
  await rename(draft, path)
}
