import type { NodeEndpoint } from '../../src/index.js'

/** What a static connection profile is made from. */
export interface ProfileNodes {
  channel: string
  peers: readonly NodeEndpoint[]
  orderers: readonly NodeEndpoint[]
}

/** A common connection profile that names every node, as it is written by hand for clients without discovery. */
export function staticProfile({ channel, peers, orderers }: ProfileNodes): Record<string, unknown> {
  const organizations = new Set(peers.map(({ mspId }) => mspId))
  const namesOf = (mspId: string): string[] => peers.filter((peer) => peer.mspId === mspId).map(({ name }) => name)
  return {
    name: 'fiscal',
    version: '1.0.0',
    organizations: Object.fromEntries(
      [...organizations].map((mspid) => [mspid, { mspid, peers: namesOf(mspid) }]),
    ),
    peers: entries(peers),
    orderers: entries(orderers),
    channels: {
      [channel]: {
        peers: Object.fromEntries(peers.map(({ name }) => [name, {}])),
        orderers: orderers.map(({ name }) => name),
      },
    },
  }
}

function entries(nodes: readonly NodeEndpoint[]): Record<string, unknown> {
  return Object.fromEntries(nodes.map((node) => [node.name, entry(node)]))
}

function entry({ name, address, tlsRoots }: NodeEndpoint): Record<string, unknown> {
  const patience = { 'grpc-wait-for-ready-timeout': 2000, 'request-timeout': 15_000 }
  if (tlsRoots === undefined) return { url: `grpc://${address}`, grpcOptions: patience }
  return {
    url: `grpcs://${address}`,
    tlsCACerts: { pem: tlsRoots },
    grpcOptions: { ...patience, 'ssl-target-name-override': name },
  }
}
