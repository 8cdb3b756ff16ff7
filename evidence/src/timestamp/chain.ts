import { equalBytes, parseCertificate, verifyByAlgorithm, type Certificate } from '@caizheng/fabric-wire'
import { EvidenceError, why } from '../fault.js'

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
const KEY_USAGE = '2.5.29.15'
const EXTENDED_KEY_USAGE = '2.5.29.37'
const LONGEST = 8

export function refused(reason: string): EvidenceError {
  return new EvidenceError('TIMESTAMP_CERTIFICATE', { why: reason })
}

/** @throws EvidenceError TIMESTAMP_CERTIFICATE */
export function readCertificate(der: Uint8Array): Certificate {
  try {
    if (der[0] === 0x30) return parseCertificate(der)
  } catch (error) {
    throw refused(why(error))
  }
  throw refused('not an X.509 certificate')
}

/** Whether an issuer's key signed a certificate; the algorithm stands in it twice, and must be one. */
export function isIssuedBy({ signed, issuerBytes }: Certificate, issuer: Certificate): boolean {
  const { tbs, algorithm, signature, parts } = signed
  return (
    equalBytes(issuer.subjectBytes, issuerBytes) &&
    parts[2] !== undefined &&
    equalBytes(parts[2], algorithm) &&
    verifyByAlgorithm(issuer.spki, algorithm, tbs, signature)
  )
}

/**
 * The certificates from a time-stamping authority's up to a pinned root, all valid at a moment. Its purpose is time-stamping,
 * critical and alone (RFC 3161, 2.3).
 *
 * @throws EvidenceError TIMESTAMP_CERTIFICATE
 */
export function authorityChain(
  leaf: Certificate,
  others: readonly Certificate[],
  roots: readonly Certificate[],
  at: Date,
): readonly [Certificate, ...Certificate[]] {
  const purposes = leaf.extendedKeyUsage
  if (purposes.length !== 1 || purposes[0] !== TIME_STAMPING || !leaf.extensions.get(EXTENDED_KEY_USAGE)?.critical) {
    throw refused('its purpose is not time-stamping, critical and alone')
  }
  if (leaf.isCa) throw refused('a CA’s')
  // BIT STRING: tag, length, unused bits, then digitalSignature and nonRepudiation first.
  const usage = leaf.extensions.get(KEY_USAGE)?.value
  if (usage !== undefined && ((usage[3] ?? 0) & 0xc0) === 0) throw refused('its key may not sign')
  const chain = extend([leaf], others, roots)
  if (chain === undefined) throw refused('not issued under a root that this trust file pins')
  for (const { subject, notBefore, notAfter, unknownCritical } of chain) {
    if (unknownCritical.length > 0) throw refused(`${subject} has a critical extension ${unknownCritical.join(', ')}`)
    if (at < notBefore || at > notAfter) throw refused(`${subject} was not valid at ${at.toISOString()}`)
  }
  return chain
}

type Chain = readonly [Certificate, ...Certificate[]]

function extend(path: Chain, others: readonly Certificate[], roots: readonly Certificate[]): Chain | undefined {
  const last = path.at(-1) ?? path[0]
  for (const root of roots) if (mayIssue(root, path) && isIssuedBy(last, root)) return [...path, root]
  if (path.length >= LONGEST) return undefined
  for (const issuer of others) {
    if (path.includes(issuer) || !mayIssue(issuer, path) || !isIssuedBy(last, issuer)) continue
    const chain = extend([...path, issuer], others, roots)
    if (chain !== undefined) return chain
  }
  return undefined
}

function mayIssue({ isCa, mayCertify, pathLength, extendedKeyUsage }: Certificate, path: Chain): boolean {
  const suits = extendedKeyUsage.length === 0 || extendedKeyUsage.includes(TIME_STAMPING)
  return isCa && mayCertify !== false && suits && (pathLength === undefined || path.length - 1 <= pathLength)
}
