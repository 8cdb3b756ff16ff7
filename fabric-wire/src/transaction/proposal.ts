import { decode, encode } from '../codec/index.js'
import { WireError } from '../errors.js'
import {
  ChaincodeHeaderExtension,
  ChaincodeInvocationSpec,
  ChaincodeProposalPayload,
  Header,
  HeaderType,
  Proposal,
  SerializedIdentity,
  SignedProposal,
  type ChaincodeID,
  type ChaincodeSpec,
} from '../messages/index.js'
import { parseHeader, type ParsedHeader } from './envelope.js'
import { proposalHash, transactionId } from './hash.js'
import { parseProposalPayload } from './proposal-payload.js'

/** What is asked of a chaincode. */
export interface Invocation {
  /** The chaincode's name, the same in the header's extension and in the spec. */
  chaincodeName: string
  args: Uint8Array[]
  isInit: boolean
  spec: ChaincodeSpec
  extension: ChaincodeID
}

/** A proposal, as an endorser reads it. */
export interface ParsedProposal extends ParsedHeader, Invocation {
  /** `signature` is over these. */
  proposalBytes: Uint8Array
  signature: Uint8Array
  headerBytes: Uint8Array
  creator: SerializedIdentity
  transient: Map<string, Uint8Array>
  /** The payload as the transaction will carry it: without the transient map. */
  payloadBytes: Uint8Array
  proposalHash: Uint8Array
  /** Whether `channelHeader.txId` is the hash of nonce and creator. */
  transactionIdOk: boolean
}

/** @throws {WireError} `MALFORMED`, `MISSING`, or `UNSUPPORTED` if the names of the chaincode differ */
export function parseInvocation(extension: Uint8Array, input: Uint8Array): Invocation {
  const { chaincodeId } = decode(ChaincodeHeaderExtension, extension)
  const { chaincodeSpec: spec } = decode(ChaincodeInvocationSpec, input)
  if (chaincodeId === undefined || spec?.chaincodeId === undefined || spec.input === undefined) {
    throw new WireError('MISSING', 'a proposal without a chaincode or its input')
  }
  if (chaincodeId.name !== spec.chaincodeId.name) {
    throw new WireError(
      'UNSUPPORTED',
      `the header names chaincode ${chaincodeId.name}, the call ${spec.chaincodeId.name}`,
    )
  }
  const { args, isInit } = spec.input
  return { chaincodeName: chaincodeId.name, args, isInit, spec, extension: chaincodeId }
}

/**
 * Reads a signed proposal. Neither its signature nor its creator is verified here.
 *
 * @throws {WireError} `MALFORMED`, `MISSING`, or `UNSUPPORTED` for another type than an endorser transaction
 */
export function parseProposal(signedProposal: Uint8Array): ParsedProposal {
  const { proposalBytes, signature } = decode(SignedProposal, signedProposal)
  const proposal = decode(Proposal, proposalBytes)
  const headers = parseHeader(decode(Header, proposal.header))
  const { channelHeader, signatureHeader } = headers
  if (channelHeader.type !== HeaderType.ENDORSER_TRANSACTION) {
    throw new WireError('UNSUPPORTED', `a proposal of type ${channelHeader.type}`)
  }
  const { input, transientMap } = parseProposalPayload(proposal.payload)
  const payloadBytes = encode(ChaincodeProposalPayload, { input })
  return {
    ...headers,
    ...parseInvocation(channelHeader.extension, input),
    proposalBytes,
    signature,
    headerBytes: proposal.header,
    creator: decode(SerializedIdentity, signatureHeader.creator),
    transient: transientMap,
    payloadBytes,
    proposalHash: proposalHash(headers.channelHeaderBytes, headers.signatureHeaderBytes, payloadBytes),
    transactionIdOk: channelHeader.txId === transactionId(signatureHeader.nonce, signatureHeader.creator),
  }
}
