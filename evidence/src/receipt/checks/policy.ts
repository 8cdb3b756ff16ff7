import { EvidenceError } from '../../fault.js'
import type { TrustFile } from '../../trust/schema.js'
import type { Endorser } from './endorsers.js'

/**
 * The policy: enough organisations signed. A revoked certificate doesn't count, as nobody can tell whether its signature
 * is older than the theft; where only such ones are missing, nothing can be told.
 *
 * @returns those that count, and whether they are all that the policy asks for
 * @throws EvidenceError TOO_FEW_ENDORSERS or CERTIFICATE_REVOKED
 */
export function checkPolicy(
  endorsers: readonly Endorser[],
  { least, complete }: TrustFile['policy'],
): { readonly counted: readonly Endorser[]; readonly complete: boolean } {
  const counted = endorsers.filter(({ revoked }) => !revoked)
  if (counted.length < least) {
    const revoked = endorsers.find((endorser) => endorser.revoked)
    if (revoked !== undefined && endorsers.length >= least) {
      throw new EvidenceError('CERTIFICATE_REVOKED', { mspId: revoked.mspId })
    }
    throw new EvidenceError('TOO_FEW_ENDORSERS', { count: counted.length, least })
  }
  return { counted, complete: counted.length >= complete }
}
