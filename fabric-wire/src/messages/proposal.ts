import { bool, bytes, embedded, int32, map, message, repeated, string, type Infer } from '../codec/index.js'
import { ChaincodeID, Response } from './chaincode.js'
import { Timestamp } from './common.js'
import { SignaturePolicyEnvelope } from './policy.js'

export const SignedProposal = message('SignedProposal', { proposalBytes: bytes(1), signature: bytes(2) })
export type SignedProposal = Infer<typeof SignedProposal>

export const Proposal = message('Proposal', { header: bytes(1), payload: bytes(2), extension: bytes(3) })
export type Proposal = Infer<typeof Proposal>

/** `ChannelHeader.extension` of a proposal and its transaction. */
export const ChaincodeHeaderExtension = message('ChaincodeHeaderExtension', { chaincodeId: embedded(2, ChaincodeID) })
export type ChaincodeHeaderExtension = Infer<typeof ChaincodeHeaderExtension>

/** `transientMap` reaches the endorsers and is left out of the transaction and of the proposal hash. */
export const ChaincodeProposalPayload = message('ChaincodeProposalPayload', {
  input: bytes(1),
  transientMap: map(2, bytes(2)),
})
export type ChaincodeProposalPayload = Infer<typeof ChaincodeProposalPayload>

/** The signature is over the response payload and then `endorser`, a SerializedIdentity. */
export const Endorsement = message('Endorsement', { endorser: bytes(1), signature: bytes(2) })
export type Endorsement = Infer<typeof Endorsement>

/** What endorsers sign; `extension` is a ChaincodeAction. */
export const ProposalResponsePayload = message('ProposalResponsePayload', {
  proposalHash: bytes(1),
  extension: bytes(2),
})
export type ProposalResponsePayload = Infer<typeof ProposalResponsePayload>

/** `results` is a TxReadWriteSet, `events` a ChaincodeEvent. */
export const ChaincodeAction = message('ChaincodeAction', {
  results: bytes(1),
  events: bytes(2),
  response: embedded(3, Response),
  chaincodeId: embedded(4, ChaincodeID),
})
export type ChaincodeAction = Infer<typeof ChaincodeAction>

/** What a simulation touched, so that a gateway can plan whose endorsement it needs. */
export const ChaincodeCall = message('ChaincodeCall', {
  name: string(1),
  collectionNames: repeated(string(2)),
  noPrivateReads: bool(3),
  noPublicWrites: bool(4),
  keyPolicies: repeated(embedded(5, SignaturePolicyEnvelope)),
  disregardNamespacePolicy: bool(6),
})
export type ChaincodeCall = Infer<typeof ChaincodeCall>

export const ChaincodeInterest = message('ChaincodeInterest', { chaincodes: repeated(embedded(1, ChaincodeCall)) })
export type ChaincodeInterest = Infer<typeof ChaincodeInterest>

export const ProposalResponse = message('ProposalResponse', {
  version: int32(1),
  timestamp: embedded(2, Timestamp),
  response: embedded(4, Response),
  payload: bytes(5),
  endorsement: embedded(6, Endorsement),
  interest: embedded(7, ChaincodeInterest),
})
export type ProposalResponse = Infer<typeof ProposalResponse>
