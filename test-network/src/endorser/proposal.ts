import {
  ChaincodeHeaderExtension,
  ChaincodeInvocationSpec,
  ChaincodeProposalPayload,
  ChannelHeader,
  decodeLoose,
  encode,
  Header,
  HeaderType,
  IdentityError,
  Proposal,
  SerializedIdentity,
  proposalHash,
  SignatureHeader,
  transactionId,
  WireError,
} from '@caizheng/fabric-wire'
import { type peer } from '@hyperledger/fabric-protos'
import type { Channel } from '../channel/index.js'

/** How far a proposal's time may be from the peer's clock, ms: `peer.authentication.timewindow` of a stock peer. */
const TIME_WINDOW = 15 * 60 * 1000

/** A signed proposal, taken apart. */
export interface OpenedProposal {
  channelId: string
  txId: string
  chaincode: string
  args: Uint8Array[]
  isInit: boolean
  hasTransient: boolean
  creator: Uint8Array
  nonce: Uint8Array
  /** The bytes of the header and of the payload without its transient part, as they go into a transaction. */
  header: Uint8Array
  payload: Uint8Array
  proposalHash: Uint8Array
  proposalBytes: Uint8Array
  signature: Uint8Array
  /** Milliseconds since 1970, from the channel header. */
  timestamp: number
  headerType: number
  epoch: bigint | number
  /** The message for the chaincode. */
  message: InstanceType<typeof peer.SignedProposal>
}

/** The proposal itself is at fault: a client's error, not to be tried on another peer. */
export class ProposalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ProposalError'
  }
}

/** Takes a signed proposal apart, as loosely as a peer does. @throws ProposalError */
export function openProposal(message: InstanceType<typeof peer.SignedProposal>): OpenedProposal {
  try {
    return open(message)
  } catch (error) {
    if (error instanceof ProposalError) throw error
    throw new ProposalError(`error unmarshalling proposal: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function open(message: InstanceType<typeof peer.SignedProposal>): OpenedProposal {
  const proposalBytes = message.getProposalBytes_asU8()
  const proposal = decodeLoose(Proposal, proposalBytes)
  const header = decodeLoose(Header, proposal.header)
  const channelHeader = decodeLoose(ChannelHeader, header.channelHeader)
  const { creator, nonce } = decodeLoose(SignatureHeader, header.signatureHeader)
  const chaincode = decodeLoose(ChaincodeHeaderExtension, channelHeader.extension).chaincodeId
  if (!chaincode) throw new ProposalError('ChaincodeHeaderExtension.ChaincodeId is nil')
  if (chaincode.name === '') throw new ProposalError('ChaincodeHeaderExtension.ChaincodeId.Name is empty')
  const { input, transientMap } = decodeLoose(ChaincodeProposalPayload, proposal.payload)
  const specification = decodeLoose(ChaincodeInvocationSpec, input).chaincodeSpec
  if (!specification) throw new ProposalError('chaincode invocation spec did not contain chaincode spec')
  if (!specification.input) throw new ProposalError('chaincode input did not contain any input')
  const payload = encode(ChaincodeProposalPayload, { input })
  const { args, isInit } = specification.input
  return {
    channelId: channelHeader.channelId,
    txId: channelHeader.txId,
    chaincode: chaincode.name,
    args,
    isInit,
    hasTransient: transientMap.size > 0,
    creator,
    nonce,
    header: proposal.header,
    payload,
    proposalHash: proposalHash(header.channelHeader, header.signatureHeader, payload),
    proposalBytes,
    signature: message.getSignature_asU8(),
    timestamp: Number(channelHeader.timestamp?.seconds ?? 0) * 1000 + (channelHeader.timestamp?.nanos ?? 0) / 1e6,
    headerType: channelHeader.type,
    epoch: channelHeader.epoch,
    message,
  }
}

/**
 * Checks what a peer checks before it simulates: header, transaction id, creator, signature, time, duplicate, and
 * the channel's Writers. A proposal without a channel is for the peer alone, and from its own organisation.
 * @throws ProposalError
 */
export async function checkProposal(channel: Channel, proposal: OpenedProposal, mspId: string): Promise<void> {
  if (proposal.headerType !== HeaderType.ENDORSER_TRANSACTION && proposal.headerType !== HeaderType.CONFIG) {
    throw invalid(`invalid header type ${String(proposal.headerType)}`)
  }
  if (Number(proposal.epoch) !== 0) throw invalid('epoch is non-zero')
  if (proposal.nonce.length === 0) throw invalid('nonce is empty')
  if (proposal.creator.length === 0) throw invalid('creator is empty')
  const expected = transactionId(proposal.nonce, proposal.creator)
  if (proposal.txId !== expected) {
    throw invalid(`incorrectly computed txid '${proposal.txId}' -- expected '${expected}'`)
  }
  if (proposal.signature.length === 0) throw invalid('empty signature bytes')
  requireFresh(channel, proposal)
  await authorize(channel, proposal, mspId)
  if (proposal.channelId === '') return
  if (await channel.ledger.transaction(proposal.txId)) {
    const creator = Buffer.from(proposal.creator).toString('hex')
    throw new ProposalError(`duplicate transaction found [${proposal.txId}]. Creator [${creator}]`)
  }
}

/** The time filter that a stock peer puts before its endorser. */
function requireFresh(channel: Channel, proposal: OpenedProposal): void {
  const now = channel.clock().getTime()
  if (Math.abs(now - proposal.timestamp) <= TIME_WINDOW) return
  const seconds = (time: number): string => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z')
  throw new ProposalError(
    `request unauthorized due to incorrect timestamp ${seconds(proposal.timestamp)}, peer time ${seconds(now)}, ` +
      'peer.authentication.timewindow 15m0s',
  )
}

async function authorize(channel: Channel, proposal: OpenedProposal, mspId: string): Promise<void> {
  const { channelId, creator, proposalBytes, signature } = proposal
  let identity
  try {
    // Without a channel a peer knows no organisation but its own
    if (channelId === '' && decodeLoose(SerializedIdentity, creator).mspid !== mspId) {
      throw new IdentityError('UNKNOWN_MSP', `only ${mspId} is known without a channel`)
    }
    identity = await channel.signer(creator, proposalBytes, signature)
    if (channel.isExpired(identity)) throw new ProposalError('proposal client identity expired')
  } catch (cause) {
    if (cause instanceof ProposalError) throw cause
    throw invalid(`access denied: channel [${channelId}] creator org ${wordsFor(creator, cause)}`, { cause })
  }
  if (channelId === '') return
  try {
    channel.authorize('peer/Propose', identity)
  } catch (cause) {
    throw new ProposalError(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

/** Only an identity with a chain to its organisation's CAs is one at all for Fabric; what else is wrong comes after. */
const WITHOUT_CHAIN: readonly string[] = ['MALFORMED', 'UNKNOWN_MSP', 'UNTRUSTED', 'NOT_YET_VALID', 'EXPIRED']

function wordsFor(creator: Uint8Array, cause: unknown): string {
  const malformed = cause instanceof WireError || (cause instanceof IdentityError && WITHOUT_CHAIN.includes(cause.code))
  return malformed ? 'unknown, creator is malformed' : `[${decodeLoose(SerializedIdentity, creator).mspid}]`
}

function invalid(reason: string, options?: ErrorOptions): ProposalError {
  return new ProposalError(`error validating proposal: ${reason}`, options)
}
