import type { ChaincodeID } from '@caizheng/fabric-wire'
import { EvidenceError } from '../../fault.js'
import type { AcceptedDefinition, ReceiptExpectation } from '../expectation.js'
import type { OpenReceipt } from '../open.js'
import { LIFECYCLE, sequenceKey } from './lifecycle.js'

function expectName(place: string, id: ChaincodeID | undefined, expected: string, version: string): void {
  const { name, path, version: actualVersion } = id ?? { name: '', path: '', version: '' }
  if (name !== expected || path !== '' || actualVersion !== version) {
    throw new EvidenceError('CHAINCODE_NAME', {
      place,
      actual: `${path}${name} ${actualVersion}`.trim(),
      expected: `${expected} ${version}`.trim(),
    })
  }
}

/**
 * The chaincode: one name in header, invocation and answer, and a definition (version, and where the nodes read its
 * `Sequence` to have been committed) that the verifier accepts; accepted likewise is the other one that it asks, whose version
 * is in no answer. Gives the called one's definition.
 *
 * @throws EvidenceError CHAINCODE_NAME or CHAINCODE_DEFINITION
 */
export function checkChaincode(
  receipt: OpenReceipt,
  { definitions, asks }: Pick<ReceiptExpectation, 'definitions' | 'asks'>,
): AcceptedDefinition {
  const { name = '', version = '' } = receipt.action.chaincodeId ?? {}
  const expected = definitions.some((definition) => definition.name === name) ? name : (definitions[0]?.name ?? '')
  expectName('answer', receipt.action.chaincodeId, expected, version)
  expectName('header', receipt.headerChaincode, expected, '')
  expectName('invocation', receipt.spec.chaincodeId, expected, '')
  if (asks !== undefined) acceptedOf(receipt, asks.definitions, asks.definitions[0]?.name ?? '')
  return acceptedOf(receipt, definitions, name, version)
}

/** The definition that was committed where the nodes read it. */
function acceptedOf(
  receipt: OpenReceipt,
  definitions: readonly AcceptedDefinition[],
  name: string,
  version?: string,
): AcceptedDefinition {
  const read = receipt.results
    .filter(({ namespace }) => namespace === LIFECYCLE)
    .flatMap(({ rwset }) => rwset.reads)
    .find(({ key }) => key === sequenceKey(name))
  const committed = read?.version
  const accepted = definitions.find(
    (definition) =>
      definition.name === name &&
      (version === undefined || definition.version === version) &&
      definition.committed.block === committed?.blockNum &&
      definition.committed.transaction === committed.txNum,
  )
  if (accepted === undefined) {
    throw new EvidenceError('CHAINCODE_DEFINITION', {
      name,
      version: version ?? '',
      block: committed?.blockNum ?? '?',
      transaction: committed?.txNum ?? '?',
    })
  }
  return accepted
}
