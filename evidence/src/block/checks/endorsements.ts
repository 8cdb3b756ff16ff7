import { EvidenceError } from '../../fault.js'
import { checkEndorsers, type Endorser } from '../../receipt/checks/endorsers.js'
import type { Trust } from '../../trust/trust.js'
import type { OpenTransaction } from './transaction.js'

/**
 * The endorsements: each by a node of an organisation that the policy names, as in a receipt. Whether they were enough for the
 * chaincode's policy is the nodes' to judge, and the receipt says that they did.
 *
 * @throws EvidenceError as `checkEndorsers` does; TOO_FEW_ENDORSERS if there is none, CERTIFICATE_REVOKED
 */
export function checkEndorsements({ endorsed, time }: OpenTransaction, trust: Trust): Endorser[] {
  const endorsers = checkEndorsers(endorsed, trust, time)
  if (endorsers.length === 0) throw new EvidenceError('TOO_FEW_ENDORSERS', { count: 0, least: 1 })
  const revoked = endorsers.find((endorser) => endorser.revoked)
  // Orderers sign no time, so the block does not tell whether the signature is older than the theft.
  if (revoked !== undefined) throw new EvidenceError('CERTIFICATE_REVOKED', { mspId: revoked.mspId })
  return endorsers
}
