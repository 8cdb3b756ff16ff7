import { EvidenceError } from '../../fault.js'
import type { Endorser } from './endorsers.js'

/**
 * The certificates by the verifier's clock: what expired or was revoked since. This never decides: the signatures were made
 * in time by the statement of all the nodes, and the trust file still names their CAs. A time-stamp from before leaves no doubt.
 *
 * @param existedAt when the signatures existed at the latest, if a time-stamp says so
 *
 * @throws EvidenceError CERTIFICATE_REVOKED or CERTIFICATE_EXPIRED, for the first such certificate
 */
export function checkCertificates(endorsers: readonly Endorser[], now: Date, existedAt?: Date): void {
  for (const { mspId, revoked } of endorsers) {
    if (revoked) throw new EvidenceError('CERTIFICATE_REVOKED', { mspId })
  }
  for (const { mspId, until } of endorsers) {
    if (existedAt !== undefined && existedAt <= until) continue
    if (until < now) throw new EvidenceError('CERTIFICATE_EXPIRED', { mspId, until: until.toISOString().slice(0, 10) })
  }
}
