import { status } from '@grpc/grpc-js'
import type { Endorsed, OpenedProposal } from '../endorser/index.js'
import { RpcError, type ErrorDetail } from '../rpc/index.js'
import { chaincodeError } from './collect.js'
import { running, type PeerNode } from './peers.js'

/**
 * Simulates on one peer, the local organisation's where it may, and returns the chaincode's response. A peer that
 * can't simulate is passed over for the next; a chaincode's own error or a bad proposal is the answer.
 *
 * @throws RpcError UNKNOWN for a chaincode's error, FAILED_PRECONDITION for a bad proposal or when no peer runs the
 *   chaincode, ABORTED or UNAVAILABLE when every peer failed, by how the last did
 */
export async function evaluate(
  local: PeerNode,
  peers: ReadonlyMap<string, PeerNode>,
  proposal: OpenedProposal,
  organisations: readonly string[],
): Promise<Endorsed['response']> {
  const details: ErrorDetail[] = []
  let last = status.ABORTED
  for (const peer of await candidates(local, peers, proposal, organisations)) {
    const result = await peer.endorser.process(proposal, 'evaluate')
    if (result.kind === 'response' && result.endorsement) return result.response
    const message = result.kind === 'response' ? chaincodeError(result) : result.message
    details.push({ address: peer.address, mspId: peer.mspId, message })
    if (result.kind === 'failed') {
      last = result.unreachable ? status.UNAVAILABLE : status.ABORTED
      continue
    }
    const code = result.kind === 'response' ? status.UNKNOWN : status.FAILED_PRECONDITION
    throw new RpcError(code, `evaluate call to endorser returned error: ${message}`, details)
  }
  throw new RpcError(last, 'failed to evaluate transaction, see attached details for more info', details)
}

async function candidates(
  local: PeerNode,
  peers: ReadonlyMap<string, PeerNode>,
  { chaincode, channelId, hasTransient }: OpenedProposal,
  organisations: readonly string[],
): Promise<PeerNode[]> {
  // Transient data goes to no other organisation unless the client names it.
  const restricted = organisations.length === 0 && hasTransient ? [local.mspId] : organisations
  const all = [local, ...[...peers.values()].filter(({ mspId }) => mspId !== local.mspId)]
  const allowed = await running(
    all.filter(({ mspId }) => restricted.length === 0 || restricted.includes(mspId)),
    chaincode,
  )
  if (allowed.length > 0) return allowed
  throw new RpcError(
    status.FAILED_PRECONDITION,
    `no peers available to evaluate chaincode ${chaincode} in channel ${channelId}`,
  )
}
