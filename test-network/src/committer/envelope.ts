import {
  ChaincodeAction,
  ChaincodeActionPayload,
  ChaincodeEvent,
  ChaincodeHeaderExtension,
  ChannelHeader,
  type CollectionHashedReadWriteSet,
  decodeLoose,
  Envelope,
  equalBytes,
  HashedRWSet,
  HeaderType,
  KVRWSet,
  Payload,
  ProposalResponsePayload,
  proposalHash,
  SignatureHeader,
  Transaction,
  transactionId,
  TxReadWriteSet,
  TxValidationCode,
  type Endorsement,
  type Infer,
} from '@caizheng/fabric-wire'
import type { Channel } from '../channel/index.js'
import type { NamespaceReadWriteSet } from '../ledger/index.js'
import { Invalid } from './invalid.js'

/** A well-formed endorser transaction: creator and hashes check, results and endorsements not yet read. */
export interface OpenedTransaction {
  txId: string
  timestamp: { seconds: number; nanos: number } | undefined
  /** What the endorsers signed, before each one's identity is appended. */
  responsePayload: Uint8Array
  endorsements: Infer<typeof Endorsement>[]
  /** The serialized `ChaincodeHeaderExtension` of the header and `ChaincodeAction` of the response. */
  headerExtension: Uint8Array
  chaincodeAction: Uint8Array
}

/** A configuration transaction: `config` is a serialized `ConfigEnvelope`. */
export interface OpenedConfiguration {
  txId: string
  timestamp: { seconds: number; nanos: number } | undefined
  config: Uint8Array
}

/** What a transaction called and did. */
export interface TransactionResults {
  chaincode: string
  readWriteSet: NamespaceReadWriteSet[]
}

/**
 * Takes an envelope apart in the order in which a peer does, so that a malformed one gets the code that a peer
 * gives it. A peer looks for a duplicate next, and only then into the results: see `openResults`.
 * @throws Invalid with the validation code
 */
export async function openEnvelope(
  channel: Channel,
  bytes: Uint8Array,
): Promise<OpenedTransaction | OpenedConfiguration> {
  const { payload, signature } = attempt(TxValidationCode.INVALID_OTHER_REASON, () => decodeLoose(Envelope, bytes))
  const { header, data } = attempt(TxValidationCode.BAD_PAYLOAD, () => decodeLoose(Payload, payload))
  const { channelHeader, signatureHeader } = attempt(TxValidationCode.BAD_COMMON_HEADER, () => {
    if (!header) throw new Error('nil header')
    return {
      channelHeader: decodeLoose(ChannelHeader, header.channelHeader),
      signatureHeader: decodeLoose(SignatureHeader, header.signatureHeader),
    }
  })
  checkHeaders(channelHeader, signatureHeader)
  // A peer looks for the creator among the organisations of the channel that is named, and here there is but one.
  if (channelHeader.channelId !== channel.id) throw new Invalid(TxValidationCode.BAD_CREATOR_SIGNATURE)
  await channel.signer(signatureHeader.creator, payload, signature).catch((cause: unknown) => {
    throw new Invalid(TxValidationCode.BAD_CREATOR_SIGNATURE, { cause })
  })
  const { txId, timestamp: time } = channelHeader
  const timestamp = time && { seconds: Number(time.seconds), nanos: time.nanos }
  if (channelHeader.type === HeaderType.CONFIG) return { txId, timestamp, config: data }
  if (channelHeader.type !== HeaderType.ENDORSER_TRANSACTION) throw new Invalid(TxValidationCode.UNSUPPORTED_TX_PAYLOAD)
  if (txId !== transactionId(signatureHeader.nonce, signatureHeader.creator)) {
    throw new Invalid(TxValidationCode.BAD_PROPOSAL_TXID)
  }
  const action = attempt(TxValidationCode.INVALID_ENDORSER_TRANSACTION, () =>
    openAction(data, header?.channelHeader ?? new Uint8Array()),
  )
  return { txId, timestamp, headerExtension: channelHeader.extension, ...action }
}

function checkHeaders(
  channelHeader: Infer<typeof ChannelHeader>,
  signatureHeader: Infer<typeof SignatureHeader>,
): void {
  const known: number[] = [HeaderType.ENDORSER_TRANSACTION, HeaderType.CONFIG_UPDATE, HeaderType.CONFIG]
  const wellFormed =
    known.includes(channelHeader.type) &&
    Number(channelHeader.epoch) === 0 &&
    signatureHeader.nonce.length > 0 &&
    signatureHeader.creator.length > 0
  if (!wellFormed) throw new Invalid(TxValidationCode.BAD_COMMON_HEADER)
}

function openAction(
  data: Uint8Array,
  channelHeader: Uint8Array,
): Pick<OpenedTransaction, 'responsePayload' | 'endorsements' | 'chaincodeAction'> {
  const { actions } = decodeLoose(Transaction, data)
  const [action] = actions
  if (!action || actions.length !== 1) throw new Error('only one action per transaction is supported')
  const { creator, nonce } = decodeLoose(SignatureHeader, action.header)
  if (nonce.length === 0 || creator.length === 0) throw new Error('incomplete signature header')
  const { action: endorsed, chaincodeProposalPayload } = decodeLoose(ChaincodeActionPayload, action.payload)
  if (!endorsed) throw new Error('nil action')
  const response = decodeLoose(ProposalResponsePayload, endorsed.proposalResponsePayload)
  if (!equalBytes(response.proposalHash, proposalHash(channelHeader, action.header, chaincodeProposalPayload))) {
    throw new Error('proposal hash does not match')
  }
  return {
    responsePayload: endorsed.proposalResponsePayload,
    endorsements: endorsed.endorsements,
    chaincodeAction: response.extension,
  }
}

/** Reads what a transaction called and did. @throws Invalid with the validation code */
export function openResults({ headerExtension, chaincodeAction }: OpenedTransaction): TransactionResults {
  const header = attempt(TxValidationCode.BAD_HEADER_EXTENSION, () =>
    decodeLoose(ChaincodeHeaderExtension, headerExtension),
  )
  if (chaincodeAction.length === 0) throw new Invalid(TxValidationCode.BAD_RESPONSE_PAYLOAD)
  const action = attempt(TxValidationCode.BAD_RESPONSE_PAYLOAD, () => decodeLoose(ChaincodeAction, chaincodeAction))
  const readWriteSet = attempt(TxValidationCode.BAD_RWSET, () => decodeReadWriteSet(action.results))
  if (!header.chaincodeId || !action.chaincodeId) throw new Invalid(TxValidationCode.INVALID_OTHER_REASON)
  const { name } = header.chaincodeId
  if (name === '' || name !== action.chaincodeId.name || action.chaincodeId.version === '') {
    throw new Invalid(TxValidationCode.INVALID_CHAINCODE)
  }
  if (action.events.length > 0) {
    attempt(TxValidationCode.INVALID_OTHER_REASON, () => {
      if (decodeLoose(ChaincodeEvent, action.events).chaincodeId !== name) throw new Error('event of another chaincode')
    })
  }
  const namespaces = new Set(readWriteSet.map(({ namespace }) => namespace))
  if (namespaces.size !== readWriteSet.length) throw new Invalid(TxValidationCode.ILLEGAL_WRITESET)
  return { chaincode: name, readWriteSet }
}

function decodeReadWriteSet(bytes: Uint8Array): NamespaceReadWriteSet[] {
  return decodeLoose(TxReadWriteSet, bytes).nsRwset.map(({ namespace, rwset, collectionHashedRwset }) => ({
    namespace,
    rwset: decodeLoose(KVRWSet, rwset),
    collections: collectionHashedRwset.map(decodeCollection),
  }))
}

function decodeCollection({ collectionName, hashedRwset, pvtRwsetHash }: Infer<typeof CollectionHashedReadWriteSet>) {
  return { collectionName, hashedRwset: decodeLoose(HashedRWSet, hashedRwset), pvtRwsetHash }
}

function attempt<T>(code: number, step: () => T): T {
  try {
    return step()
  } catch (cause) {
    throw cause instanceof Invalid ? cause : new Invalid(code, { cause })
  }
}
