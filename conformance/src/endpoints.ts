import type { Consortium } from '@caizheng/test-network'
import type { NodeEndpoint } from './network.js'

/** What both kinds of network tell of their nodes. */
interface ListeningNetwork {
  readonly consortium: Consortium
  /** Where the peers listen, by MSP id. */
  readonly peers: ReadonlyMap<string, string>
  /** Where the orderers listen, in the definition's order. */
  readonly orderers: readonly string[]
}

export function peerEndpoints({ consortium, peers }: ListeningNetwork, tls: boolean): NodeEndpoint[] {
  return [...peers].flatMap(([mspId, address]) => {
    const { peer, tlsCa } = consortium.organizations.get(mspId) ?? {}
    return peer && tlsCa ? [{ name: peer.name, mspId, address, ...(tls && { tlsRoots: tlsCa.certificatePem }) }] : []
  })
}

export function ordererEndpoints({ consortium, orderers }: ListeningNetwork, tls: boolean): NodeEndpoint[] {
  return consortium.consenters.flatMap(({ name, mspId }, index) => {
    const [address, organization] = [orderers[index], consortium.ordererOrganizations.get(mspId)]
    if (address === undefined || !organization) return []
    return [{ name, mspId, address, ...(tls && { tlsRoots: organization.tlsCa.certificatePem }) }]
  })
}
