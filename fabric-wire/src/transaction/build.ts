import { decode, encode, type Init } from '../codec/index.js'
import {
  ChaincodeActionPayload,
  ChaincodeHeaderExtension,
  ChaincodeInvocationSpec,
  ChaincodeProposalPayload,
  ChaincodeType,
  ChannelHeader,
  Header,
  HeaderType,
  Payload,
  Proposal,
  SignatureHeader,
  Transaction,
  type Endorsement,
  type Timestamp,
} from '../messages/index.js'
import { transactionId } from './hash.js'
import { parseProposalPayload } from './proposal-payload.js'

export interface ProposalOptions {
  channel: string
  chaincode: string
  args: readonly Uint8Array[]
  /** A SerializedIdentity. */
  creator: Uint8Array
  /** 24 random bytes, never used again. */
  nonce: Uint8Array
  timestamp: Timestamp
  transient?: ReadonlyMap<string, Uint8Array>
  isInit?: boolean
}

/**
 * Builds a proposal; sign the bytes and wrap them as `encode(SignedProposal, { proposalBytes, signature })`.
 *
 * @throws {WireError} `OUT_OF_RANGE` for values that have no encoding
 */
export function buildProposal(options: ProposalOptions): { proposalBytes: Uint8Array; transactionId: string } {
  const { channel, chaincode, args, creator, nonce, timestamp, transient, isInit } = options
  const chaincodeId = { name: chaincode }
  const txId = transactionId(nonce, creator)
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.ENDORSER_TRANSACTION,
    timestamp,
    channelId: channel,
    txId,
    extension: encode(ChaincodeHeaderExtension, { chaincodeId }),
  })
  const input = encode(ChaincodeInvocationSpec, {
    chaincodeSpec: { type: ChaincodeType.NODE, chaincodeId, input: { args, isInit } },
  })
  const proposalBytes = encode(Proposal, {
    header: encode(Header, { channelHeader, signatureHeader: encode(SignatureHeader, { creator, nonce }) }),
    payload: encode(ChaincodeProposalPayload, { input, transientMap: transient }),
  })
  return { proposalBytes, transactionId: txId }
}

/**
 * Builds the payload of a transaction's envelope from a proposal and its endorsements; the creator signs it. Transient
 * data is left out, whose bytes must never reach a block.
 *
 * @param proposalResponsePayload the bytes that all the endorsers signed
 * @throws {WireError} `MALFORMED`
 */
export function buildTransactionEnvelopePayload(
  proposalBytes: Uint8Array,
  proposalResponsePayload: Uint8Array,
  endorsements: readonly Init<Endorsement>[],
): Uint8Array {
  const proposal = decode(Proposal, proposalBytes)
  const header = decode(Header, proposal.header)
  const { input } = parseProposalPayload(proposal.payload)
  const payload = encode(ChaincodeActionPayload, {
    chaincodeProposalPayload: encode(ChaincodeProposalPayload, { input }),
    action: { proposalResponsePayload, endorsements },
  })
  return encode(Payload, {
    header,
    data: encode(Transaction, { actions: [{ header: header.signatureHeader, payload }] }),
  })
}
