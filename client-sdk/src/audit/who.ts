import {
  ChaincodeAction,
  ChaincodeActionPayload,
  decodeLoose,
  encode,
  Envelope,
  Payload,
  ProcessedTransaction,
  ProposalResponsePayload,
  Transaction,
  TxValidationCode,
} from '@caizheng/fabric-wire'
import { CanonicalError, parseRuledResult, RecordError, type Verdict } from '@caizheng/records'
import { decodeTransaction } from '../blocks/decode-transaction.js'
import type { FollowedCreator } from '../blocks/followed-block.js'
import type { Link } from '../connection/link.js'
import type { CallOptions } from '../transactions/call.js'
import { evaluate } from '../transactions/evaluate.js'

/** Who wrote something, by what, and what the rules said. */
export interface Authorship {
  readonly creator: FollowedCreator
  /** `ApproveApplication`, with its contract before it. */
  readonly function: string
  /** Of a transaction under rules. */
  readonly verdicts: readonly Verdict[]
}

/** Reads a transaction out of the peer's blocks. @throws {EvaluateError} */
export async function authorshipOf(link: Link, transaction: string, options: CallOptions): Promise<Authorship> {
  const call = { chaincode: 'qscc', function: 'GetTransactionByID', arguments: [link.channel, transaction] }
  const { transactionEnvelope } = decodeLoose(ProcessedTransaction, await evaluate(link, call, options))
  const envelope = encode(Envelope, transactionEnvelope ?? {})
  const { creator, function: name = '' } = decodeTransaction(envelope, 0, TxValidationCode.VALID)
  return { creator, function: name, verdicts: verdictsOf(envelope) }
}

function verdictsOf(envelope: Uint8Array): readonly Verdict[] {
  const { data } = decodeLoose(Payload, decodeLoose(Envelope, envelope).payload)
  const [action] = decodeLoose(Transaction, data).actions
  const payload = decodeLoose(ChaincodeActionPayload, action?.payload ?? new Uint8Array())
  const endorsed = payload.action?.proposalResponsePayload ?? new Uint8Array()
  const { response } = decodeLoose(ChaincodeAction, decodeLoose(ProposalResponsePayload, endorsed).extension)
  try {
    return parseRuledResult(response?.payload ?? new Uint8Array()).verdicts
  } catch (error) {
    // What is not under rules answers otherwise.
    if (error instanceof RecordError || error instanceof CanonicalError) return []
    throw error
  }
}
