import type { NodeEndpoint } from '../../src/index.js'

/** What a static connection profile is made from. */
export interface ProfileNodes {
  channel: string
  peers: readonly NodeEndpoint[]
  orderers: readonly NodeEndpoint[]
  /** How long a node may take to answer, ms. */
  patience?: number
}

/** A common connection profile that names every node, as it is written by hand for clients without discovery. */
export function staticProfile({ channel, peers, orderers, patience = 3000 }: ProfileNodes): Record<string, unknown> {
  const organizations = new Set(peers.map(({ mspId }) => mspId))
  const namesOf = (mspId: string): string[] => peers.filter((peer) => peer.mspId === mspId).map(({ name }) => name)
  return {
    name: 'fiscal',
    version: '1.0.0',
    organizations: Object.fromEntries([...organizations].map((mspid) => [mspid, { mspid, peers: namesOf(mspid) }])),
    peers: entries(peers, patience),
    orderers: entries(orderers, patience),
    channels: {
      [channel]: {
        peers: Object.fromEntries(peers.map(({ name }) => [name, {}])),
        orderers: orderers.map(({ name }) => name),
      },
    },
  }
}

function entries(nodes: readonly NodeEndpoint[], patience: number): Record<string, unknown> {
  return Object.fromEntries(nodes.map((node) => [node.name, entry(node, patience)]))
}

function entry({ name, address, tlsRoots }: NodeEndpoint, patience: number): Record<string, unknown> {
  const timeouts = { 'grpc-wait-for-ready-timeout': patience, 'request-timeout': 15_000 }
  if (tlsRoots === undefined) return { url: `grpc://${address}`, grpcOptions: timeouts }
  return {
    url: `grpcs://${address}`,
    tlsCACerts: { pem: tlsRoots },
    grpcOptions: { ...timeouts, 'ssl-target-name-override': name },
  }
}
