import {
  ChaincodeAction,
  ChaincodeActionPayload,
  ChaincodeEvent,
  ChaincodeInvocationSpec,
  ChaincodeProposalPayload,
  ChannelHeader,
  decodeLoose,
  Envelope,
  HeaderType,
  KVRWSet,
  Payload,
  ProposalResponsePayload,
  SerializedIdentity,
  SignatureHeader,
  Transaction,
  TxReadWriteSet,
  TxValidationCode,
  WireError,
} from '@caizheng/fabric-wire'
import type { FollowedTransaction, FollowedWrite } from './followed-block.js'

/**
 * Decodes one envelope of a block. Anyone in the channel can have garbage ordered, which the peers then record as invalid:
 * what can't be read becomes a transaction of type `other`, so that a follower never stumbles over it.
 */
export function decodeTransaction(envelope: Uint8Array, index: number, code: number): FollowedTransaction {
  const place = { index, code, valid: code === TxValidationCode.VALID }
  try {
    const { header, data } = decodeLoose(Payload, decodeLoose(Envelope, envelope).payload)
    const channelHeader = decodeLoose(ChannelHeader, header?.channelHeader ?? new Uint8Array())
    const { creator } = decodeLoose(SignatureHeader, header?.signatureHeader ?? new Uint8Array())
    const { mspid, idBytes } = decodeLoose(SerializedIdentity, creator)
    const common = {
      ...place,
      txId: channelHeader.txId,
      time: timeOf(channelHeader),
      creator: { msp: mspid, certificate: new TextDecoder().decode(idBytes) },
    }
    if (channelHeader.type === HeaderType.ENDORSER_TRANSACTION) {
      return { ...common, type: 'endorser', ...decodeAction(data) }
    }
    return { ...common, type: channelHeader.type === HeaderType.CONFIG ? 'config' : 'other', writes: [] }
  } catch (error) {
    if (!(error instanceof WireError || error instanceof RangeError)) throw error
    return { ...place, type: 'other', txId: '', time: '', creator: { msp: '', certificate: '' }, writes: [] }
  }
}

type Action = Pick<FollowedTransaction, 'chaincode' | 'function' | 'writes' | 'event'>

function decodeAction(data: Uint8Array): Action {
  const [action] = decodeLoose(Transaction, data).actions
  const payload = decodeLoose(ChaincodeActionPayload, action?.payload ?? new Uint8Array())
  const endorsed = payload.action?.proposalResponsePayload ?? new Uint8Array()
  const { results, events, chaincodeId } = decodeLoose(
    ChaincodeAction,
    decodeLoose(ProposalResponsePayload, endorsed).extension,
  )
  const { input } = decodeLoose(ChaincodeProposalPayload, payload.chaincodeProposalPayload)
  const args = decodeLoose(ChaincodeInvocationSpec, input).chaincodeSpec?.input?.args
  const event = events.length === 0 ? undefined : decodeLoose(ChaincodeEvent, events)
  return {
    ...(chaincodeId === undefined ? {} : { chaincode: { name: chaincodeId.name, version: chaincodeId.version } }),
    ...(args?.[0] === undefined ? {} : { function: new TextDecoder().decode(args[0]) }),
    ...(event === undefined ? {} : { event: { name: event.eventName, payload: event.payload } }),
    writes: decodeWrites(results),
  }
}

function decodeWrites(results: Uint8Array): FollowedWrite[] {
  return decodeLoose(TxReadWriteSet, results).nsRwset.flatMap(({ namespace, rwset }) =>
    decodeLoose(KVRWSet, rwset).writes.map(({ key, isDelete, value }) => ({ namespace, key, isDelete, value })),
  )
}

function timeOf({ timestamp }: ChannelHeader): string {
  if (timestamp === undefined) return ''
  const milliseconds = Number(timestamp.seconds) * 1000 + Math.floor(timestamp.nanos / 1_000_000)
  return new Date(milliseconds).toISOString()
}
