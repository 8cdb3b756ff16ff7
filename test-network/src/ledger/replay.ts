import {
  ChaincodeAction,
  ChaincodeActionPayload,
  ChannelHeader,
  Envelope,
  HashedRWSet,
  HeaderType,
  KVRWSet,
  Payload,
  ProposalResponsePayload,
  Transaction,
  TxReadWriteSet,
  TxValidationCode,
  decodeLoose,
  txFilter,
  type Block,
} from '@caizheng/fabric-wire'
import { damaged } from './errors.js'
import type { Candidate, ReadWriteSet } from './types.js'

/** Verdicts that come from the state before a transaction, and so can be found again. */
const BY_STATE: readonly number[] = [
  TxValidationCode.VALID,
  TxValidationCode.MVCC_READ_CONFLICT,
  TxValidationCode.PHANTOM_READ_CONFLICT,
]

/** The id in an envelope's channel header; '' where there is none that can be read. */
export function transactionIdOf(envelope: Uint8Array): string {
  try {
    return openEnvelope(envelope).channelHeader.txId
  } catch {
    return ''
  }
}

/**
 * A block's transactions as they stood before their reads were checked, from the flags that the block carries. Verdicts
 * other than those of the ledger are taken as given, and a block without flags, as an orderer sends it, counts as valid.
 *
 * @throws LedgerError `DAMAGED` where a transaction that was found valid cannot be parsed
 */
export function candidatesOf(block: Block): Candidate[] {
  const flags = txFilter(block)
  return block.data.map((envelope, index) => {
    const code = flags[index] ?? TxValidationCode.VALID
    if (!BY_STATE.includes(code)) return { txId: transactionIdOf(envelope), code }
    try {
      const { channelHeader, data } = openEnvelope(envelope)
      const { txId, timestamp, type } = channelHeader
      const rwset = type === HeaderType.ENDORSER_TRANSACTION ? readWriteSetOf(data) : undefined
      return { txId, code: TxValidationCode.VALID, timestamp, rwset }
    } catch (error) {
      throw damaged(`block ${block.header.number}`, `its transaction ${index} cannot be parsed`, error)
    }
  })
}

/** Read as leniently as a peer reads: how strict to be was decided when the block was validated. */
function openEnvelope(envelope: Uint8Array): { channelHeader: ChannelHeader; data: Uint8Array } {
  const { header, data } = decodeLoose(Payload, decodeLoose(Envelope, envelope).payload)
  return { channelHeader: decodeLoose(ChannelHeader, header?.channelHeader ?? new Uint8Array()), data }
}

function readWriteSetOf(transaction: Uint8Array): ReadWriteSet {
  const action = decodeLoose(Transaction, transaction).actions[0]
  const endorsed = action && decodeLoose(ChaincodeActionPayload, action.payload).action
  if (!endorsed) throw new Error('it has no endorsed action')
  const response = decodeLoose(ProposalResponsePayload, endorsed.proposalResponsePayload)
  const { results } = decodeLoose(ChaincodeAction, response.extension)
  const namespaces = decodeLoose(TxReadWriteSet, results).nsRwset.map(
    ({ namespace, rwset, collectionHashedRwset }) => ({
      namespace,
      rwset: decodeLoose(KVRWSet, rwset),
      collections: collectionHashedRwset.map(({ collectionName, hashedRwset }) => ({
        collectionName,
        hashedRwset: decodeLoose(HashedRWSet, hashedRwset),
      })),
    }),
  )
  return { namespaces }
}
