import {
  ConsortiumError,
  grpcClient,
  identityOf,
  nodeOrganizations,
  type Connection,
  type Consortium,
  type NodeRole,
} from '@caizheng/test-network'
import { PeerClient } from './peer-client.js'

/** Where a peer is and how TLS recognises it. */
export interface PeerEndpoint {
  /** `host:port`. */
  readonly address: string
  /** PEM. */
  readonly tlsRoots: string
  readonly tlsName: string
}

/** The peer of an organisation. @throws ConsortiumError ORGANIZATION_UNKNOWN where it has none */
export function peerEndpoint(consortium: Consortium, mspId: string): PeerEndpoint {
  const { tlsCa, peer } = organizationOf(consortium, mspId)
  const place = consortium.definition.organizations.find((it) => it.mspId === mspId)?.peer
  if (!peer || !place) throw new ConsortiumError('ORGANIZATION_UNKNOWN', `${mspId} has no peer in this consortium`)
  return { address: `${place.host}:${String(place.port)}`, tlsRoots: tlsCa.certificatePem, tlsName: peer.name }
}

/**
 * The administrator of an organisation, connected to its peer.
 *
 * @param address - of another peer with the same certificate
 * @throws ConsortiumError ORGANIZATION_UNKNOWN
 */
export function peerClient(consortium: Consortium, mspId: string, address?: string): PeerClient {
  const endpoint = peerEndpoint(consortium, mspId)
  const { admin } = organizationOf(consortium, mspId)
  return new PeerClient(mspId, clientOf(address === undefined ? endpoint : { ...endpoint, address }), admin)
}

/** What a member of an organisation connects with. @throws ConsortiumError ORGANIZATION_UNKNOWN */
export function connectionOf(
  consortium: Consortium,
  mspId: string,
  role: NodeRole = 'client',
  name?: string,
): Connection {
  const { certificatePem, privateKeyPem } = identityOf(consortium, mspId, role, name)
  const nodes = nodeOrganizations(consortium.definition)
  const endpoint = peerEndpoint(consortium, nodes.includes(mspId) ? mspId : (nodes[0] ?? mspId))
  return {
    channel: consortium.definition.channel,
    mspId,
    ...endpoint,
    certificate: certificatePem,
    privateKey: privateKeyPem,
    grpcClient: () => clientOf(endpoint),
  }
}

const clientOf = ({ address, tlsRoots, tlsName }: PeerEndpoint) =>
  grpcClient(address, { roots: tlsRoots, name: tlsName })

function organizationOf({ organizations }: Consortium, mspId: string) {
  const organization = organizations.get(mspId)
  if (organization) return organization
  throw new ConsortiumError('ORGANIZATION_UNKNOWN', `The consortium has no organisation ${mspId}`)
}
