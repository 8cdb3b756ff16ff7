import {
  ChaincodeAction,
  ChaincodeEvent,
  ChaincodeHeaderExtension,
  ChaincodeInvocationSpec,
  ChaincodeProposalPayload,
  ChannelHeader,
  equalBytes,
  KVRWSet,
  proposalHash,
  ProposalResponsePayload,
  SerializedIdentity,
  SignatureHeader,
  TxReadWriteSet,
  type ChaincodeID,
  type ChaincodeSpec,
  type CollectionHashedReadWriteSet,
  type Response,
} from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'
import type { ReceiptParts } from './parts.js'
import { present, readStrict } from './strict.js'

/** One node's signature over the response payload and its own identity. */
export interface OpenEndorsement {
  readonly endorser: Uint8Array
  readonly identity: SerializedIdentity
  readonly signature: Uint8Array
}

/** What a simulation did in one namespace. */
export interface NamespaceResult {
  readonly namespace: string
  readonly rwset: KVRWSet
  readonly collections: readonly CollectionHashedReadWriteSet[]
}

/** A receipt with all its messages read, to the innermost. Nothing in it is checked beyond encoding and proposal hash. */
export interface OpenReceipt {
  readonly channelHeader: ChannelHeader
  /** Chaincode that the channel header names. */
  readonly headerChaincode: ChaincodeID
  readonly signatureHeader: SignatureHeader
  readonly creator: SerializedIdentity
  readonly proposal: ChaincodeProposalPayload
  readonly spec: ChaincodeSpec
  /** The signed bytes, without the endorser's identity that each signature covers too. */
  readonly responsePayload: Uint8Array
  readonly action: ChaincodeAction
  readonly response: Response
  readonly event: ChaincodeEvent | undefined
  readonly results: readonly NamespaceResult[]
  readonly dataModel: number
  readonly endorsements: readonly OpenEndorsement[]
}

/**
 * Reads a receipt strictly and compares the signed proposal hash with the proposal it carries.
 *
 * @throws EvidenceError RECEIPT_MALFORMED or PROPOSAL_HASH
 */
export function openReceipt(parts: ReceiptParts): OpenReceipt {
  const channelHeader = readStrict(ChannelHeader, parts.channelHeader, 'channel header')
  const extension = readStrict(ChaincodeHeaderExtension, channelHeader.extension, 'header extension')
  const signatureHeader = readStrict(SignatureHeader, parts.signatureHeader, 'signature header')
  const proposal = readStrict(ChaincodeProposalPayload, parts.proposalPayload, 'proposal payload')
  const invocation = readStrict(ChaincodeInvocationSpec, proposal.input, 'invocation')
  const payload = readStrict(ProposalResponsePayload, parts.responsePayload, 'response payload')
  const action = readStrict(ChaincodeAction, payload.extension, 'chaincode action')
  const results = readStrict(TxReadWriteSet, action.results, 'results')
  const open: OpenReceipt = {
    channelHeader,
    headerChaincode: present(extension.chaincodeId, 'chaincode of the header'),
    signatureHeader,
    creator: readStrict(SerializedIdentity, signatureHeader.creator, 'creator'),
    proposal,
    spec: present(invocation.chaincodeSpec, 'chaincode of the invocation'),
    responsePayload: parts.responsePayload,
    action,
    response: present(action.response, 'response'),
    event: action.events.length === 0 ? undefined : readStrict(ChaincodeEvent, action.events, 'event'),
    dataModel: results.dataModel,
    results: results.nsRwset.map((entry) => ({
      namespace: entry.namespace,
      rwset: readStrict(KVRWSet, entry.rwset, `results of ${entry.namespace}`),
      collections: entry.collectionHashedRwset,
    })),
    endorsements: parts.endorsements.map(({ endorser, signature }) => ({
      endorser,
      signature,
      identity: readStrict(SerializedIdentity, endorser, 'endorser'),
    })),
  }
  const expected = proposalHash(parts.channelHeader, parts.signatureHeader, parts.proposalPayload)
  if (!equalBytes(payload.proposalHash, expected)) throw new EvidenceError('PROPOSAL_HASH')
  return open
}
