import {
  ChaincodeAction,
  ChaincodeActionPayload,
  ChannelHeader,
  decodeLoose,
  Envelope,
  HeaderType,
  parseBlock,
  Payload,
  ProposalResponsePayload,
  Transaction,
  txFilter,
  TxValidationCode,
} from '@caizheng/fabric-wire'
import { peer } from '@hyperledger/fabric-protos'

type ChaincodeEvent = InstanceType<typeof peer.ChaincodeEvent>

interface Summary {
  txId: string
  type: number
  code: number
  event: ChaincodeEvent | undefined
}

/** A committed block without its contents: ids, verdicts, and events without their payloads. */
export function filteredBlock(channel: string, bytes: Uint8Array): InstanceType<typeof peer.FilteredBlock> {
  const result = new peer.FilteredBlock()
  result.setChannelId(channel)
  result.setNumber(parseBlock(bytes).header.number)
  result.setFilteredTransactionsList(summaries(bytes).map(filteredTransaction))
  return result
}

/** The events of a committed block's valid transactions, in order. */
export function chaincodeEvents(bytes: Uint8Array): ChaincodeEvent[] {
  return summaries(bytes).flatMap(({ code, event }) => (code === TxValidationCode.VALID && event ? [event] : []))
}

function summaries(bytes: Uint8Array): Summary[] {
  const block = parseBlock(bytes)
  const codes = txFilter(block)
  return block.data.map((envelope, index) => ({
    ...summarize(envelope),
    code: codes[index] ?? TxValidationCode.NOT_VALIDATED,
  }))
}

/** What a transaction says of itself; an envelope that can't be read says nothing, and its code says why. */
function summarize(envelope: Uint8Array): Omit<Summary, 'code'> {
  try {
    const { header, data } = decodeLoose(Payload, decodeLoose(Envelope, envelope).payload)
    if (!header) return { txId: '', type: 0, event: undefined }
    const { txId, type } = decodeLoose(ChannelHeader, header.channelHeader)
    return { txId, type, event: type === HeaderType.ENDORSER_TRANSACTION ? eventOf(data) : undefined }
  } catch {
    return { txId: '', type: 0, event: undefined }
  }
}

function eventOf(transaction: Uint8Array): ChaincodeEvent | undefined {
  const [action] = decodeLoose(Transaction, transaction).actions
  const endorsed = action && decodeLoose(ChaincodeActionPayload, action.payload).action
  if (!endorsed) return undefined
  const { extension } = decodeLoose(ProposalResponsePayload, endorsed.proposalResponsePayload)
  const { events } = decodeLoose(ChaincodeAction, extension)
  return events.length > 0 ? peer.ChaincodeEvent.deserializeBinary(events) : undefined
}

function filteredTransaction({ txId, type, code, event }: Summary): InstanceType<typeof peer.FilteredTransaction> {
  const result = new peer.FilteredTransaction()
  result.setTxid(txId)
  result.setType(type as 0 | 1 | 2 | 3)
  result.setTxValidationCode(code as 0)
  if (type === HeaderType.ENDORSER_TRANSACTION) result.setTransactionActions(filteredActions(event))
  return result
}

/** Only of actions with an event: older clients read an event of each action that is there. */
function filteredActions(event: ChaincodeEvent | undefined): InstanceType<typeof peer.FilteredTransactionActions> {
  const result = new peer.FilteredTransactionActions()
  if (event) {
    const action = new peer.FilteredChaincodeAction()
    const withoutPayload = peer.ChaincodeEvent.deserializeBinary(event.serializeBinary())
    withoutPayload.setPayload('')
    action.setChaincodeEvent(withoutPayload)
    result.setChaincodeActionsList([action])
  }
  return result
}
