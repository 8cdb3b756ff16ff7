import { AsnConvert } from '@peculiar/asn1-schema'
import { CertificateList } from '@peculiar/asn1-x509'
import { serialHex } from './certificate.js'
import { IdentityError } from './error.js'
import { extensionMap, readConstraints } from './extensions.js'
import { decodePem } from './pem.js'
import { readSigned, type Signed } from './signed.js'

/** A certificate revocation list, read and not yet trusted. */
export interface RevocationList {
  readonly authorityKeyId: Uint8Array | undefined
  /** Serial numbers as `Certificate.serial` has them. */
  readonly serials: ReadonlySet<string>
  readonly signed: Signed
}

/**
 * Reads a revocation list from PEM or DER.
 *
 * @throws {IdentityError} `MALFORMED`
 */
export function parseRevocationList(bytes: Uint8Array): RevocationList {
  const der = bytes[0] === 0x30 ? bytes : decodePem(bytes, 'X509 CRL')
  const signed = der && readSigned(der)
  if (der === undefined || signed === undefined)
    throw new IdentityError('MALFORMED', 'not a certificate revocation list')
  try {
    const { tbsCertList } = AsnConvert.parse(der, CertificateList)
    const revoked = tbsCertList.revokedCertificates ?? []
    return {
      authorityKeyId: readConstraints(extensionMap(tbsCertList.crlExtensions)).authorityKeyId,
      serials: new Set(revoked.map(({ userCertificate }) => serialHex(new Uint8Array(userCertificate)))),
      signed,
    }
  } catch (cause) {
    throw new IdentityError('MALFORMED', 'a revocation list that cannot be read', { cause })
  }
}
