import type { UntypedServiceImplementation } from '@grpc/grpc-js'
import { status } from '@grpc/grpc-js'
import { encode, ProposalResponse } from '@caizheng/fabric-wire'
import { peer } from '@hyperledger/fabric-protos'
import { RpcError, unary } from '../rpc/index.js'
import type { Endorsing } from './endorser.js'
import { openProposal } from './proposal.js'

/** The endorser service of a peer, for clients that collect endorsements themselves. */
export function endorserService(endorser: Endorsing): UntypedServiceImplementation {
  return {
    processProposal: unary(async (signed: InstanceType<typeof peer.SignedProposal>) => {
      const result = await endorser.process(open(signed))
      if (result.kind === 'refused') throw new RpcError(status.UNKNOWN, result.message)
      const failed = { status: 500, message: result.kind === 'failed' ? result.message : '', payload: new Uint8Array() }
      const answer =
        result.kind === 'failed'
          ? { response: failed }
          : { version: 1, response: result.response, payload: result.payload, endorsement: result.endorsement }
      return peer.ProposalResponse.deserializeBinary(encode(ProposalResponse, answer))
    }),
  }
}

function open(signed: InstanceType<typeof peer.SignedProposal>) {
  try {
    return openProposal(signed)
  } catch (error) {
    throw new RpcError(status.UNKNOWN, error instanceof Error ? error.message : String(error))
  }
}
