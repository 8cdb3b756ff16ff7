import {
  ConsortiumError,
  type Consortium,
  type IssuedIdentity,
  type NodeRole,
  type Signer,
} from './consortium/index.js'
import type { EndorserIdentity } from './endorser/index.js'

/**
 * The identity that someone of an organisation acts with: its standing client or admin, or a new one.
 * @throws ConsortiumError ORGANIZATION_UNKNOWN
 */
export function identityOf(consortium: Consortium, mspId: string, role: NodeRole, name?: string): IssuedIdentity {
  const organization = consortium.organizations.get(mspId)
  if (!organization) throw new ConsortiumError('ORGANIZATION_UNKNOWN', `The consortium has no organisation ${mspId}`)
  if (name === undefined && role === 'client') return organization.user
  if (name === undefined && role === 'admin') return organization.admin
  return consortium.issue(mspId, { name: name ?? `${role}@${organization.domain}`, role })
}

/** Who approves definitions: the administrator of each organisation with a peer, by MSP id. */
export function administratorsOf(consortium: Consortium): Map<string, Signer> {
  return new Map(
    [...consortium.organizations].flatMap(([mspId, { peer, admin }]) => (peer ? [[mspId, admin] as const] : [])),
  )
}

/** What an organisation's peer signs endorsements with. */
export function endorserIdentity(consortium: Consortium, mspId: string): EndorserIdentity {
  const peer = consortium.organizations.get(mspId)?.peer
  if (!peer) throw new ConsortiumError('ORGANIZATION_UNKNOWN', `${mspId} has no peer in this consortium`)
  return { mspId, serialized: peer.creator, sign: (bytes) => peer.sign(bytes) }
}
