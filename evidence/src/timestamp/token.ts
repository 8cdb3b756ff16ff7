import { equalBytes, sha256, toHex, verifyByAlgorithm } from '@caizheng/fabric-wire'
import { EvidenceError } from '../fault.js'
import type { Trust, TrustedAuthority } from '../trust/trust.js'
import { authorityChain, readCertificate, refused } from './chain.js'
import { readToken } from './cms.js'
import { readInfo, type TimeStampInfo } from './info.js'

/** A verified token. */
export interface VerifiedToken {
  /** Whose root of the trust file it chains to. */
  readonly authority: TrustedAuthority
  readonly info: TimeStampInfo
}

/** Signer, two authorities between, root. */
const MOST_CERTIFICATES = 4

/**
 * Verifies a time-stamp token over a message: its imprint, signature, the certificate that it names, and the chain to a root that
 * the trust file pins, valid at the time it states. It carries no certificate beyond that chain: each byte is covered by
 * some signature.
 *
 * @throws EvidenceError with a code that begins with TIMESTAMP_
 */
export function verifyToken(der: Uint8Array, message: Uint8Array, trust: Trust): VerifiedToken {
  const token = readToken(der)
  // A chain is looked for among them before any signature is checked: more would be there to keep the verifier busy.
  if (token.certificates.length > MOST_CERTIFICATES) throw refused('there are more than a chain needs')
  const info = readInfo(token.info)
  if (!equalBytes(info.imprint, sha256(message))) throw new EvidenceError('TIMESTAMP_IMPRINT')
  const certificates = token.certificates.map(readCertificate)
  const signer = certificates.find(
    ({ issuerBytes, signed }) =>
      equalBytes(issuerBytes, token.issuer) &&
      signed.parts[1] !== undefined &&
      equalBytes(signed.parts[1], token.serial),
  )
  if (signer === undefined) throw refused('the signer’s is not in the token')
  if (!token.names(signer.der)) throw refused('the signature names another (ESSCertIDv2)')
  const roots = trust.timestamping.flatMap((authority) => authority.roots)
  const chain = authorityChain(signer, certificates, roots, info.time)
  const used = new Set(chain.map(({ der: bytes }) => toHex(bytes)))
  const carried = new Set(certificates.map(({ der: bytes }) => toHex(bytes)))
  if (carried.size !== certificates.length || [...carried].some((bytes) => !used.has(bytes))) {
    throw refused('one stands in the token that is not of its chain')
  }
  if (!verifyByAlgorithm(signer.spki, token.algorithm, token.message, token.signature, token.digest)) {
    throw new EvidenceError('TIMESTAMP_SIGNATURE')
  }
  const authority = trust.timestamping.find((candidate) => candidate.roots.some((root) => chain.includes(root)))
  if (authority === undefined) throw refused('not issued under a root that this trust file pins')
  return { authority, info }
}
