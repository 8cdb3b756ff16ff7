import { decode } from '../codec/index.js'
import { equalBytes } from '../crypto/index.js'
import { WireError } from '../errors.js'
import {
  ChaincodeAction,
  ChaincodeActionPayload,
  ChaincodeEvent,
  ChaincodeProposalPayload,
  HeaderType,
  ProposalResponsePayload,
  SerializedIdentity,
  Transaction,
  type Endorsement,
  type Response,
} from '../messages/index.js'
import { parseEnvelope, type ParsedEnvelope } from './envelope.js'
import { proposalHash, transactionId } from './hash.js'
import { parseInvocation, type Invocation } from './proposal.js'
import { parseReadWriteSet, type ReadWriteSet } from './read-write-set.js'

/** An endorser transaction, decoded to its end. */
export interface ParsedTransaction extends ParsedEnvelope {
  creator: SerializedIdentity
  /** The chaincode that ran, as the endorsers name it. */
  chaincode: { name: string; version: string }
  /** What the creator asked for. */
  invocation: Invocation
  chaincodeProposalPayloadBytes: Uint8Array
  /** Whether the payload carried a transient map, which a transaction must not. */
  hasTransient: boolean
  /** What the endorsers signed, each with its own identity after it: see `endorsementBytes`. */
  proposalResponsePayloadBytes: Uint8Array
  proposalResponsePayload: ProposalResponsePayload
  chaincodeAction: ChaincodeAction
  response: Response
  event: ChaincodeEvent | undefined
  rwset: ReadWriteSet
  endorsements: Endorsement[]
  /** Whether the endorsed proposal hash is the one of this transaction's headers and payload. */
  proposalHashOk: boolean
  /** Whether `channelHeader.txId` is the hash of nonce and creator. */
  transactionIdOk: boolean
}

/**
 * Reads an endorser transaction from its envelope, every part strictly. Signatures, identities and policies are not
 * verified here; `proposalHashOk` and `transactionIdOk` are for the caller to insist on.
 *
 * @throws {WireError} `MALFORMED` or `MISSING`; `UNSUPPORTED` for another type, or not exactly one action
 * @example
 * const transaction = parseTransaction(block.data[0])
 * transaction.rwset.namespaces.find(({ namespace }) => namespace === 'evidence')?.kv.writes
 */
export function parseTransaction(envelope: Uint8Array): ParsedTransaction {
  const parsed = parseEnvelope(envelope)
  const { channelHeader, channelHeaderBytes, signatureHeader, signatureHeaderBytes } = parsed
  if (channelHeader.type !== HeaderType.ENDORSER_TRANSACTION) {
    throw new WireError('UNSUPPORTED', `an envelope of type ${channelHeader.type}, not an endorser transaction`)
  }
  const [action, ...more] = decode(Transaction, parsed.data).actions
  if (action === undefined || more.length > 0)
    throw new WireError('UNSUPPORTED', 'a transaction of other than one action')
  const { chaincodeProposalPayload, action: endorsed } = decode(ChaincodeActionPayload, action.payload)
  if (endorsed === undefined) throw new WireError('MISSING', 'a transaction without endorsed action')
  const proposalResponsePayload = decode(ProposalResponsePayload, endorsed.proposalResponsePayload)
  const chaincodeAction = decode(ChaincodeAction, proposalResponsePayload.extension)
  const { response, chaincodeId, events, results } = chaincodeAction
  if (response === undefined || chaincodeId === undefined) {
    throw new WireError('MISSING', 'a chaincode action without its response or its chaincode')
  }
  const { input, transientMap } = decode(ChaincodeProposalPayload, chaincodeProposalPayload)
  const hash = proposalHash(channelHeaderBytes, signatureHeaderBytes, chaincodeProposalPayload)
  return {
    ...parsed,
    creator: decode(SerializedIdentity, signatureHeader.creator),
    chaincode: { name: chaincodeId.name, version: chaincodeId.version },
    invocation: parseInvocation(channelHeader.extension, input),
    chaincodeProposalPayloadBytes: chaincodeProposalPayload,
    hasTransient: transientMap.size > 0,
    proposalResponsePayloadBytes: endorsed.proposalResponsePayload,
    proposalResponsePayload,
    chaincodeAction,
    response,
    event: events.length === 0 ? undefined : decode(ChaincodeEvent, events),
    rwset: parseReadWriteSet(results),
    endorsements: endorsed.endorsements,
    proposalHashOk:
      equalBytes(hash, proposalResponsePayload.proposalHash) && equalBytes(action.header, signatureHeaderBytes),
    transactionIdOk: channelHeader.txId === transactionId(signatureHeader.nonce, signatureHeader.creator),
  }
}
