import { concatBytes, equalBytes, sha256 } from '../crypto/index.js'
import { withLowS, isSignedBy } from '../certificate/signed.js'
import type { Certificate, RevocationList } from '../certificate/index.js'

/** A leaf, or a CA, and its issuers up to a root. */
export type Chain = readonly [Certificate, ...Certificate[]]

const MAX_LENGTH = 10
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const ANY_PURPOSE = '2.5.29.37.0'

/** An MSP's certificate authorities: builds chains and knows what was revoked. */
export class Authority {
  constructor(
    readonly roots: readonly Certificate[],
    readonly intermediates: readonly Certificate[],
    private readonly revocations: readonly RevocationList[],
  ) {}

  /** Every chain from a certificate to a root, whatever the time. */
  chains(certificate: Certificate): Chain[] {
    if (!isReliable(certificate)) return []
    // A root is its own chain: what else its key may have certified (a renewal, say) is beside the point.
    if (this.roots.some(({ identity }) => identity === certificate.identity)) return [[certificate]]
    const chains: Chain[] = []
    this.extend([certificate], chains)
    return chains
  }

  private extend(path: Chain, chains: Chain[]): void {
    const last = path.at(-1) ?? path[0]
    for (const [issuers, isRoot] of [[this.roots, true] as const, [this.intermediates, false] as const]) {
      for (const issuer of issuers) {
        if (path.some(({ identity }) => identity === issuer.identity)) continue
        if (!equalBytes(issuer.subjectBytes, last.issuerBytes) || !mayIssue(issuer, path)) continue
        if (issuer.publicKey === undefined || !isSignedBy(last.signed, issuer.publicKey)) continue
        const longer: Chain = [...path, issuer]
        if (isRoot) chains.push(longer)
        else if (longer.length < MAX_LENGTH) this.extend(longer, chains)
      }
    }
  }

  /** Whether the CA that issued the first certificate of a chain has revoked it. */
  isRevoked([certificate, issuer]: Chain): boolean {
    const { publicKey, subjectKeyId } = issuer ?? {}
    if (publicKey === undefined || subjectKeyId === undefined) return false
    return this.revocations.some(
      (list) =>
        list.authorityKeyId !== undefined &&
        equalBytes(list.authorityKeyId, subjectKeyId) &&
        list.serials.has(certificate.serial) &&
        isSignedBy(list.signed, publicKey),
    )
  }
}

/** Fabric verifies with Go's defaults, which ask for the purpose `serverAuth` wherever purposes are named at all. */
function isReliable({ unknownCritical, extendedKeyUsage }: Certificate): boolean {
  const purposes = extendedKeyUsage
  const suits = purposes.length === 0 || purposes.includes(SERVER_AUTH) || purposes.includes(ANY_PURPOSE)
  return unknownCritical.length === 0 && suits
}

function mayIssue(issuer: Certificate, path: Chain): boolean {
  if (!issuer.isCa || issuer.mayCertify === false || !isReliable(issuer)) return false
  // The first of the path is the leaf (or the CA in question); only CAs between count.
  return issuer.pathLength === undefined || path.length - 1 <= issuer.pathLength
}

/** Fabric's certifiers identifier: SHA-256 of the CA certificates of a chain, nearest first. */
export function certifiersIdentifier(authorities: readonly Certificate[]): Uint8Array {
  return sha256(concatBytes(...authorities.map(({ der, signed }) => withLowS(der, signed))))
}
