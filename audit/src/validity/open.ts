import {
  ChaincodeAction,
  ChaincodeActionPayload,
  ChaincodeEvent,
  ChaincodeHeaderExtension,
  ChannelHeader,
  decodeLoose,
  endorsementBytes,
  Envelope,
  equalBytes,
  HashedRWSet,
  HeaderType,
  KVRWSet,
  onlyCertificate,
  onlyTwoIntegers,
  Payload,
  ProposalResponsePayload,
  proposalHash,
  SerializedIdentity,
  SignatureHeader,
  Transaction,
  transactionId,
  TxReadWriteSet,
  TxValidationCode,
  verifyIdentitySignatureAsync,
  type ChannelConfig,
  type Endorsement,
  type Identity,
} from '@caizheng/fabric-wire'

/** A collection's reads and writes as a block shows them. */
export interface OpenedCollection {
  readonly name: string
  readonly hashed: HashedRWSet
}

/** What a transaction read and wrote of one chaincode. */
export interface OpenedNamespace {
  readonly namespace: string
  readonly kv: KVRWSet
  readonly collections: readonly OpenedCollection[]
}

/** What every envelope has that can be read so far. */
interface Headed {
  readonly txId: string
  /** As its creator claims it. */
  readonly time: Date | undefined
  readonly creator: Identity | undefined
}

/** An envelope that is invalid whatever the state is. */
export interface Malformed extends Headed {
  readonly kind: 'malformed'
  readonly code: TxValidationCode
}

/** A transaction that brings another configuration: `config` is a serialized `ConfigEnvelope`. */
export interface OpenedConfig extends Headed {
  readonly kind: 'config'
  readonly config: Uint8Array
}

/** A call of a chaincode, with a right form and a right signature of its creator. */
export interface OpenedTransaction extends Headed {
  readonly kind: 'transaction'
  readonly creator: Identity
  /** The creator's certificate, as the transaction carries it. */
  readonly creatorBytes: { readonly mspid: string; readonly idBytes: Uint8Array }
  readonly timestamp: { readonly seconds: number; readonly nanos: number }
  /** What the header names, serialized: chaincodes learn from it who called them. */
  readonly headerExtension: Uint8Array
  readonly proposalPayload: Uint8Array
  readonly chaincodeAction: Uint8Array
  /** Those whose signatures are right, each once. */
  readonly endorsers: readonly Identity[]
  /** Endorsements whose identity or signature is wrong: peers pass over them. */
  readonly wrongEndorsements: readonly string[]
}

export type Opened = Malformed | OpenedConfig | OpenedTransaction

/** What a call named and did. */
export interface Results {
  readonly chaincode: string
  readonly action: ChaincodeAction
  readonly namespaces: readonly OpenedNamespace[]
}

/** A reason for which peers count a transaction as invalid. */
export class Invalid extends Error {
  constructor(
    readonly code: TxValidationCode,
    options?: ErrorOptions,
  ) {
    super(`validation code ${code}`, options)
  }
}

/**
 * Takes an envelope apart as a peer does and verifies its signatures, under the configuration in force. Every step has the
 * validation code of a peer that stops there, in a peer's order.
 */
export async function openEnvelope(bytes: Uint8Array, config: ChannelConfig): Promise<Opened> {
  const headed: { txId: string; time: Date | undefined; creator: Identity | undefined } = {
    txId: '',
    time: undefined,
    creator: undefined,
  }
  try {
    return await open(bytes, config, headed)
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return { kind: 'malformed', ...headed, code: error.code }
  }
}

async function open(
  bytes: Uint8Array,
  config: ChannelConfig,
  headed: { txId: string; time: Date | undefined; creator: Identity | undefined },
): Promise<Opened> {
  const { payload, signature } = attempt(TxValidationCode.INVALID_OTHER_REASON, () => decodeLoose(Envelope, bytes))
  const { header, data } = attempt(TxValidationCode.BAD_PAYLOAD, () => decodeLoose(Payload, payload))
  const { channelHeader, signatureHeader } = attempt(TxValidationCode.BAD_COMMON_HEADER, () => {
    if (header === undefined) throw new RangeError('no header')
    return {
      channelHeader: decodeLoose(ChannelHeader, header.channelHeader),
      signatureHeader: decodeLoose(SignatureHeader, header.signatureHeader),
    }
  })
  const { txId, type, timestamp } = channelHeader
  headed.txId = txId
  const at = timestamp && { seconds: Number(timestamp.seconds), nanos: timestamp.nanos }
  headed.time = at && new Date(at.seconds * 1000 + at.nanos / 1e6)
  const known: readonly number[] = [HeaderType.ENDORSER_TRANSACTION, HeaderType.CONFIG_UPDATE, HeaderType.CONFIG]
  const { nonce, creator } = signatureHeader
  if (!known.includes(type) || Number(channelHeader.epoch) !== 0 || nonce.length === 0 || creator.length === 0) {
    throw new Invalid(TxValidationCode.BAD_COMMON_HEADER)
  }
  if (channelHeader.channelId !== config.channelId) throw new Invalid(TxValidationCode.BAD_CREATOR_SIGNATURE)
  const identity = await signerOf(config, creator, payload, signature)
  if (identity === undefined) throw new Invalid(TxValidationCode.BAD_CREATOR_SIGNATURE)
  headed.creator = identity
  if (type === HeaderType.CONFIG) return { kind: 'config', ...headed, config: data }
  if (type !== HeaderType.ENDORSER_TRANSACTION) throw new Invalid(TxValidationCode.UNSUPPORTED_TX_PAYLOAD)
  if (txId !== transactionId(nonce, creator)) throw new Invalid(TxValidationCode.BAD_PROPOSAL_TXID)
  const action = attempt(TxValidationCode.INVALID_ENDORSER_TRANSACTION, () =>
    openAction(data, header?.channelHeader ?? new Uint8Array()),
  )
  const { endorsements, responsePayload, ...rest } = action
  return {
    kind: 'transaction',
    txId,
    time: headed.time,
    creator: identity,
    creatorBytes: decodeLoose(SerializedIdentity, creator),
    timestamp: at ?? { seconds: 0, nanos: 0 },
    headerExtension: channelHeader.extension,
    ...rest,
    ...(await endorsersOf(config, responsePayload, endorsements)),
  }
}

/** The identity behind a signature; undefined where it is unknown, not valid or did not sign this. */
export async function signerOf(
  config: ChannelConfig,
  serialized: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<Identity | undefined> {
  let identity: Identity | undefined
  try {
    const { mspid, idBytes } = decodeLoose(SerializedIdentity, serialized)
    identity = config.msps.get(mspid)?.validate(onlyCertificate(idBytes))
  } catch {
    return undefined
  }
  if (identity === undefined) return undefined
  return (await verifyIdentitySignatureAsync(identity, message, onlyTwoIntegers(signature))) ? identity : undefined
}

async function endorsersOf(
  config: ChannelConfig,
  responsePayload: Uint8Array,
  endorsements: readonly Endorsement[],
): Promise<{ endorsers: Identity[]; wrongEndorsements: string[] }> {
  const found = await Promise.all(
    endorsements.map(({ endorser, signature }) =>
      signerOf(config, endorser, endorsementBytes(responsePayload, endorser), signature),
    ),
  )
  const right = found.filter((identity) => identity !== undefined)
  return {
    endorsers: [...new Map(right.map((identity) => [identity.key, identity])).values()],
    wrongEndorsements: endorsements.filter((_, i) => found[i] === undefined).map(({ endorser }) => mspOf(endorser)),
  }
}

function mspOf(serialized: Uint8Array): string {
  try {
    return decodeLoose(SerializedIdentity, serialized).mspid
  } catch {
    return '?'
  }
}

function openAction(data: Uint8Array, channelHeader: Uint8Array) {
  const [action, ...more] = decodeLoose(Transaction, data).actions
  if (action === undefined || more.length > 0) throw new RangeError('not one action')
  const { creator, nonce } = decodeLoose(SignatureHeader, action.header)
  if (creator.length === 0 || nonce.length === 0) throw new RangeError('an incomplete signature header')
  const { action: endorsed, chaincodeProposalPayload } = decodeLoose(ChaincodeActionPayload, action.payload)
  if (endorsed === undefined) throw new RangeError('no endorsed action')
  const response = decodeLoose(ProposalResponsePayload, endorsed.proposalResponsePayload)
  if (!equalBytes(response.proposalHash, proposalHash(channelHeader, action.header, chaincodeProposalPayload))) {
    throw new RangeError('another proposal was endorsed')
  }
  return {
    proposalPayload: chaincodeProposalPayload,
    chaincodeAction: response.extension,
    responsePayload: endorsed.proposalResponsePayload,
    endorsements: endorsed.endorsements,
  }
}

/** Reads what a call named and did. @throws Invalid */
export function resultsOf({ headerExtension, chaincodeAction }: OpenedTransaction): Results {
  const { chaincodeId } = attempt(TxValidationCode.BAD_HEADER_EXTENSION, () =>
    decodeLoose(ChaincodeHeaderExtension, headerExtension),
  )
  if (chaincodeAction.length === 0) throw new Invalid(TxValidationCode.BAD_RESPONSE_PAYLOAD)
  const action = attempt(TxValidationCode.BAD_RESPONSE_PAYLOAD, () => decodeLoose(ChaincodeAction, chaincodeAction))
  const namespaces = attempt(TxValidationCode.BAD_RWSET, () => namespacesOf(action.results))
  if (chaincodeId === undefined || action.chaincodeId === undefined) {
    throw new Invalid(TxValidationCode.INVALID_OTHER_REASON)
  }
  const { name } = chaincodeId
  if (name === '' || name !== action.chaincodeId.name || action.chaincodeId.version === '') {
    throw new Invalid(TxValidationCode.INVALID_CHAINCODE)
  }
  if (action.events.length > 0) {
    attempt(TxValidationCode.INVALID_OTHER_REASON, () => {
      if (decodeLoose(ChaincodeEvent, action.events).chaincodeId !== name) throw new RangeError("another's event")
    })
  }
  if (new Set(namespaces.map(({ namespace }) => namespace)).size !== namespaces.length) {
    throw new Invalid(TxValidationCode.ILLEGAL_WRITESET)
  }
  return { chaincode: name, action, namespaces }
}

function namespacesOf(results: Uint8Array): OpenedNamespace[] {
  return decodeLoose(TxReadWriteSet, results).nsRwset.map(({ namespace, rwset, collectionHashedRwset }) => ({
    namespace,
    kv: decodeLoose(KVRWSet, rwset),
    collections: collectionHashedRwset.map(({ collectionName, hashedRwset }) => ({
      name: collectionName,
      hashed: decodeLoose(HashedRWSet, hashedRwset),
    })),
  }))
}

function attempt<T>(code: TxValidationCode, step: () => T): T {
  try {
    return step()
  } catch (cause) {
    throw cause instanceof Invalid ? cause : new Invalid(code, { cause })
  }
}
