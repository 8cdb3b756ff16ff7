import { Envelope, equalBytes, type Block } from '@caizheng/fabric-wire'
import { EvidenceError } from '../../fault.js'
import { checkHeader } from '../../receipt/checks/header.js'
import type { Place } from '../../receipt/checks/result.js'
import { openReceipt, type OpenReceipt } from '../../receipt/open.js'
import { partsFromEnvelope } from '../../receipt/prepared.js'
import { readStrict } from '../../receipt/strict.js'

/** Which transaction a block must hold. All of it comes from the receipt and the trust file, nothing from the block. */
export interface WriteExpectation {
  readonly channel: string
  readonly place: Place
  /** The transaction's id, as the record has it. */
  readonly transaction: string
  readonly namespace: string
  readonly key: string
  /** The record's bytes. */
  readonly value: Uint8Array
}

/** A transaction of a block, read to its end. */
export interface OpenTransaction {
  readonly envelope: Envelope
  readonly endorsed: OpenReceipt
  /** The time that its submitter gave it. */
  readonly time: Date
}

/**
 * The transaction: at the place that the receipt states, with the id that the record has, of this channel, bound to its proposal,
 * and it writes exactly this record. Whether it was valid the block does not say.
 *
 * @throws EvidenceError BLOCK_PLACE, BLOCK_TRANSACTION or BLOCK_WRITE; as `openReceipt` and `checkHeader` do
 */
export function checkTransaction(block: Block, expected: WriteExpectation): OpenTransaction {
  const { place, transaction, namespace, key, value } = expected
  if (block.header.number !== place.block) {
    throw new EvidenceError('BLOCK_PLACE', { actual: block.header.number, expected: place.block })
  }
  const wrong = (actual: string) =>
    new EvidenceError('BLOCK_TRANSACTION', { place: place.transaction, actual, expected: transaction })
  const bytes = block.data[place.transaction]
  if (bytes === undefined) throw wrong('-')
  const envelope = readStrict(Envelope, bytes, 'envelope')
  const endorsed = openReceipt(partsFromEnvelope(envelope))
  const time = checkHeader(endorsed, expected)
  const { txId } = endorsed.channelHeader
  if (txId !== transaction) throw wrong(txId)
  const writes = endorsed.results
    .filter((result) => result.namespace === namespace)
    .flatMap(({ rwset }) => rwset.writes)
    .filter((write) => write.key === key)
  const [write, ...others] = writes
  if (write === undefined || others.length > 0 || write.isDelete || !equalBytes(write.value, value)) {
    throw new EvidenceError('BLOCK_WRITE', { key })
  }
  return { envelope, endorsed, time }
}
