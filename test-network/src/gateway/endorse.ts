import { status } from '@grpc/grpc-js'
import { ChaincodeActionPayload, decodeLoose, encode, Header, Payload, Transaction } from '@caizheng/fabric-wire'
import type { Channel } from '../channel/index.js'
import type { OpenedProposal } from '../endorser/index.js'
import { RpcError } from '../rpc/index.js'
import { EndorsementCollector, type Endorsement } from './collect.js'
import type { Layout } from './layouts.js'
import { running, type PeerNode } from './peers.js'
import { planEndorsers } from './plan.js'

/** What an endorsement is collected with. */
export interface EndorseContext {
  channel: Channel
  /** The organisation whose peer received the call; it simulates first. */
  local: PeerNode
  peers: ReadonlyMap<string, PeerNode>
}

/**
 * Collects the endorsements that the policies call for and returns the envelope payload for the client to sign.
 *
 * A client that names organisations gets those. One that names none gets the right ones: the local peer simulates
 * first, and what it read and wrote tells which chaincode and key-level policies must be met.
 *
 * @throws RpcError ABORTED with each peer's reason; UNAVAILABLE or FAILED_PRECONDITION when no set of peers can do it
 */
export async function endorse(
  context: EndorseContext,
  proposal: OpenedProposal,
  organisations: readonly string[],
): Promise<Uint8Array> {
  const collector = new EndorsementCollector(proposal, context.peers)
  const layouts =
    organisations.length > 0
      ? [await named(context, proposal, organisations)]
      : await planned(context, proposal, collector)
  const endorsements = await collector.satisfy(layouts)
  if (endorsements) return assemble(proposal, endorsements)
  const reason = 'failed to collect enough transaction endorsements, see attached details for more info'
  throw new RpcError(status.ABORTED, reason, collector.details)
}

async function named(
  { peers }: EndorseContext,
  { chaincode }: OpenedProposal,
  organisations: readonly string[],
): Promise<Layout> {
  const able = await running([...peers.values()], chaincode)
  const missing = organisations.filter((mspId) => !able.some((peer) => peer.mspId === mspId))
  if (missing.length === 0) return new Set(organisations)
  throw new RpcError(status.UNAVAILABLE, `failed to find any endorsing peers for org(s): ${missing.join(', ')}`)
}

async function planned(
  { channel, local, peers }: EndorseContext,
  proposal: OpenedProposal,
  collector: EndorsementCollector,
): Promise<Layout[]> {
  // The local peer stands first, so that sets with it are tried first: its work is done already.
  const candidates = [local, ...[...peers.values()].filter((peer) => peer !== local)]
  const able = await running(candidates, proposal.chaincode)
  // Where no peer runs it, the local one says why
  const first = await collector.ask((able[0] ?? local).mspId)
  if (!first) {
    const reason = 'failed to endorse transaction, see attached details for more info'
    throw new RpcError(status.ABORTED, reason, collector.details)
  }
  return planEndorsers(channel, first.interest, proposal, able)
}

/** The payload of the transaction's envelope: the proposal without its transient part, and what endorsed it. */
function assemble(proposal: OpenedProposal, endorsements: Endorsement[]): Uint8Array {
  const header = decodeLoose(Header, proposal.header)
  const payload = encode(ChaincodeActionPayload, {
    chaincodeProposalPayload: proposal.payload,
    action: {
      proposalResponsePayload: endorsements[0]?.payload,
      endorsements: endorsements.map(({ endorsement }) => endorsement),
    },
  })
  const data = encode(Transaction, { actions: [{ header: header.signatureHeader, payload }] })
  return encode(Payload, { header, data })
}
