import { parseAnchorResult, type CanonicalValue, type DocumentReference } from '@caizheng/records'
import type { CallContext } from '../contracts/call-context.js'
import { callChaincode } from './call-chaincode.js'

/**
 * Anchors the document behind a transaction, in the same transaction: in `evidence`, where any holder of the document finds it.
 *
 * @param issuer credit code of the organisation that acts
 * @returns the anchor's id
 * @throws {Refusal} those of `AnchorDocument`
 */
export async function anchor(
  context: CallContext,
  project: string,
  issuer: string,
  document: DocumentReference,
): Promise<string> {
  const request = { project, issuer, ...document } as unknown as CanonicalValue
  const answer = await callChaincode(context, 'evidence', 'EvidenceContract:AnchorDocument', request)
  return parseAnchorResult(answer).anchor.id
}
