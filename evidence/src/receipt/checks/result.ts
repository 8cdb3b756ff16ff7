import type { KVRead } from '@caizheng/fabric-wire'
import { EvidenceError } from '../../fault.js'
import type { ReceiptExpectation } from '../expectation.js'
import type { NamespaceResult, OpenReceipt } from '../open.js'
import { LIFECYCLE, sequenceKey } from './lifecycle.js'

/** Where on the chain a record stands. */
export interface Place {
  readonly block: number
  readonly transaction: number
}

const OK = 200

/**
 * The result: success, and nothing but reads of the expected keys, each of which exists unless it may be absent. An endorsed
 * write that was never submitted carries the same signatures, so any write refuses. Gives the place of each key on the chain,
 * in their order, those of the other chaincode that was asked last.
 *
 * @throws EvidenceError with a code that begins with RESULT_
 */
export function checkResult(receipt: OpenReceipt, expected: Reads): (Place | undefined)[] {
  const { status, message } = receipt.response
  if (status !== OK || message !== '') throw new EvidenceError('RESULT_STATUS', { status, message })
  if (receipt.event !== undefined) throw new EvidenceError('RESULT_EVENTS')

  const called = { name: receipt.action.chaincodeId?.name ?? '', keys: expected.keys }
  const asked = expected.asks && { name: expected.asks.definitions[0]?.name ?? '', keys: expected.asks.keys }
  const chaincodes = asked === undefined ? [called] : [called, asked]
  const namespaces = [LIFECYCLE, ...chaincodes.map(({ name }) => name)].sort()
  const actual = receipt.results.map(({ namespace }) => namespace)
  if (receipt.dataModel !== 0 || actual.join('\0') !== namespaces.join('\0')) {
    throw new EvidenceError('RESULT_NAMESPACES', { actual: actual.join(', '), expected: namespaces.join(', ') })
  }
  receipt.results.forEach(readsOnly)
  const readsOf = (name: string) => receipt.results.find(({ namespace }) => namespace === name)?.rwset.reads ?? []
  placesOf(readsOf(LIFECYCLE), chaincodes.map(({ name }) => sequenceKey(name)).sort())
  return chaincodes.flatMap(({ name, keys }) => placesOf(readsOf(name), keys, expected.optional))
}

type Reads = Pick<ReceiptExpectation, 'keys' | 'optional' | 'asks'>

function readsOnly({ rwset, collections }: NamespaceResult): void {
  const [write] = rwset.writes
  if (write !== undefined) throw new EvidenceError('RESULT_WRITES', { key: write.key })
  const [metadata] = rwset.metadataWrites
  if (metadata !== undefined) throw new EvidenceError('RESULT_METADATA_WRITES', { key: metadata.key })
  if (rwset.rangeQueriesInfo.length > 0) throw new EvidenceError('RESULT_RANGES')
  if (collections.length > 0) throw new EvidenceError('RESULT_COLLECTIONS')
}

function placesOf(
  reads: readonly KVRead[],
  keys: readonly string[],
  optional?: ReadonlySet<string>,
): (Place | undefined)[] {
  if (reads.length !== keys.length || reads.some(({ key }, i) => key !== keys[i])) {
    const actual = reads.map(({ key }) => key).join(', ')
    throw new EvidenceError('RESULT_READS', { actual: actual || '-', expected: keys.join(', ') })
  }
  return reads.map(({ key, version }) => {
    if (version === undefined) {
      if (optional?.has(key) === true) return undefined
      throw new EvidenceError('RESULT_ABSENT', { key })
    }
    return { block: version.blockNum, transaction: version.txNum }
  })
}
