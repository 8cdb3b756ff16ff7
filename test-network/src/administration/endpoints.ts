import type { Client } from '@grpc/grpc-js'
import { grpcClient } from '../connection.js'
import type { Consortium } from '../consortium/index.js'

/** A node, as a client has to know it that asks nobody where the nodes are. */
export interface NodeEndpoint {
  /** Its full name, also in its TLS certificate: `peer0.finance.fiscal.test`. */
  name: string
  mspId: string
  /** `host:port`. */
  address: string
  /** PEM; absent where the network runs without TLS. */
  tlsRoots?: string
}

/** The nodes of a channel. */
export interface ChannelEndpoints {
  readonly channel: string
  /** One peer of each organisation with a node. */
  readonly peers: readonly NodeEndpoint[]
  readonly orderers: readonly NodeEndpoint[]
}

/** What both kinds of network tell of their nodes. */
interface ListeningNetwork {
  readonly consortium: Consortium
  /** Where the peers listen, by MSP id. */
  readonly peers: ReadonlyMap<string, string>
  /** Where the orderers listen, in the definition's order. */
  readonly orderers: readonly string[]
}

/** The nodes of a network that was started from a consortium. */
export function channelEndpoints({ consortium, peers, orderers }: ListeningNetwork, tls: boolean): ChannelEndpoints {
  return {
    channel: consortium.definition.channel,
    peers: [...peers].flatMap(([mspId, address]) => {
      const { peer, tlsCa } = consortium.organizations.get(mspId) ?? {}
      return peer && tlsCa ? [{ name: peer.name, mspId, address, ...(tls && { tlsRoots: tlsCa.certificatePem }) }] : []
    }),
    orderers: consortium.consenters.flatMap(({ name, mspId }, index) => {
      const [address, organization] = [orderers[index], consortium.ordererOrganizations.get(mspId)]
      if (address === undefined || !organization) return []
      return [{ name, mspId, address, ...(tls && { tlsRoots: organization.tlsCa.certificatePem }) }]
    }),
  }
}

/** A gRPC client to a node; the caller closes it. */
export function clientTo({ address, name, tlsRoots }: NodeEndpoint): Client {
  return grpcClient(address, tlsRoots === undefined ? undefined : { roots: tlsRoots, name })
}
