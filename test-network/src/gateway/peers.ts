import type { Identity } from '@caizheng/fabric-wire'
import type { Endorsing } from '../endorser/index.js'

/** One organisation's peer as the gateways of all organisations see it. */
export interface PeerNode {
  mspId: string
  /** Where its services listen: `127.0.0.1:7051`. */
  address: string
  endorser: Endorsing
  /** What the policies see of it. */
  identity: Identity
  /** Whether the channel's configuration knows it: nobody is sent to one whose organisation was removed. */
  isMember(): boolean
}

/** Those peers of the channel whose organisation runs the chaincode, in the same order. */
export async function running(peers: readonly PeerNode[], chaincode: string): Promise<PeerNode[]> {
  const members = peers.filter((peer) => peer.isMember())
  const answers = await Promise.all(members.map(({ endorser }) => endorser.runs(chaincode)))
  return members.filter((_, index) => answers[index] === true)
}
