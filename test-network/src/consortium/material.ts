import { encode, SerializedIdentity } from '@caizheng/fabric-wire'
import { Authority, type AuthorityOptions } from './authority.js'
import type { ConsenterDefinition, ConsortiumDefinition, OrganizationDefinition } from './definition.js'
import type { KeyPair } from './key-pair.js'

/** A member of the consortium that signs: a node, an administrator or a client. */
export interface Signer extends KeyPair {
  readonly mspId: string
  /** The certificate as transactions carry it: a `SerializedIdentity` of MSP id and PEM. */
  readonly creator: Uint8Array
}

/** A node: it signs with one certificate and speaks TLS with another. */
export interface NodeMaterial extends Signer {
  /** Its full name, such as `peer0.finance.fiscal.test`. */
  readonly name: string
  readonly tls: KeyPair
}

/** An ordering node with its place in the consensus. */
export interface ConsenterMaterial extends NodeMaterial, ConsenterDefinition {}

/** The two authorities of an organisation and its administrator. */
export interface AuthorityMaterial {
  readonly mspId: string
  readonly domain: string
  readonly ca: Authority
  readonly tlsCa: Authority
  readonly admin: Signer
}

/** All that an organisation of the channel holds. */
export interface OrganizationMaterial extends AuthorityMaterial {
  /** A client, ready for a gateway or a first trial. */
  readonly user: Signer
  /** Absent for an organisation without a node. */
  readonly peer?: NodeMaterial
}

/** Every certificate and key of a consortium. */
export interface ConsortiumMaterial {
  readonly organizations: ReadonlyMap<string, OrganizationMaterial>
  readonly ordererOrganizations: ReadonlyMap<string, AuthorityMaterial>
  readonly consenters: readonly ConsenterMaterial[]
}

/** The names that certificates carry and folders have; cryptogen's. */
export const names = {
  ca: (domain: string) => `ca.${domain}`,
  tlsCa: (domain: string) => `tlsca.${domain}`,
  admin: (domain: string) => `Admin@${domain}`,
  user: (domain: string) => `User1@${domain}`,
  peer: (domain: string) => `peer0.${domain}`,
  orderer: (domain: string, id: number) => `orderer${id}.${domain}`,
}

/** New keys and certificates for everyone; about 60 keys, some tens of milliseconds. */
export function createMaterial(definition: ConsortiumDefinition, now: () => Date): ConsortiumMaterial {
  const organizations = definition.organizations.map((it) => createOrganization(definition, it, now))
  const orderers = definition.ordererOrganizations.map((it) => createAuthorities(definition, it, now))
  const ordererOrganizations = new Map(orderers.map((it) => [it.mspId, it]))
  const consenters = definition.consenters.flatMap((consenter) => {
    const organization = ordererOrganizations.get(consenter.mspId)
    if (!organization) return []
    const name = names.orderer(organization.domain, consenter.id)
    return [{ ...consenter, ...createNode(organization, name, 'orderer', consenter.host) }]
  })
  return { organizations: new Map(organizations.map((it) => [it.mspId, it])), ordererOrganizations, consenters }
}

/** What an organisation's authorities need to issue more later. */
export function authorityOptions(definition: ConsortiumDefinition, domain: string, now: () => Date): AuthorityOptions {
  return { organization: domain, identityYears: definition.validity.identityYears, now }
}

/** A key pair with the identity that it has on the channel. */
export function asSigner(mspId: string, pair: KeyPair): Signer {
  const creator = encode(SerializedIdentity, { mspid: mspId, idBytes: Buffer.from(pair.certificatePem) })
  return { ...pair, mspId, creator }
}

function createAuthorities(
  definition: ConsortiumDefinition,
  { mspId, domain }: Pick<OrganizationDefinition, 'mspId' | 'domain'>,
  now: () => Date,
): AuthorityMaterial {
  const options = authorityOptions(definition, domain, now)
  const ca = Authority.create(names.ca(domain), definition.validity.authorityYears, options)
  const tlsCa = Authority.create(names.tlsCa(domain), definition.validity.authorityYears, options)
  const admin = asSigner(mspId, ca.issue({ name: names.admin(domain), role: 'admin' }))
  return { mspId, domain, ca, tlsCa, admin }
}

function createOrganization(
  definition: ConsortiumDefinition,
  organization: OrganizationDefinition,
  now: () => Date,
): OrganizationMaterial {
  const authorities = createAuthorities(definition, organization, now)
  const { mspId, domain, ca } = authorities
  const user = asSigner(mspId, ca.issue({ name: names.user(domain), role: 'client' }))
  if (!organization.peer) return { ...authorities, user }
  return { ...authorities, user, peer: createNode(authorities, names.peer(domain), 'peer', organization.peer.host) }
}

function createNode(
  { mspId, ca, tlsCa }: AuthorityMaterial,
  name: string,
  role: 'peer' | 'orderer',
  host: string,
): NodeMaterial {
  const hosts = [...new Set([host, name, 'localhost', '127.0.0.1', '::1'])]
  return { ...asSigner(mspId, ca.issue({ name, role })), name, tls: tlsCa.issueTls(name, hosts) }
}
