import { encodePem } from '@caizheng/fabric-wire'
import { authorityKeyIdentifier, distinguishedName, ecdsaWithSha256, extension, type Subject } from './certificate.js'
import * as der from './der.js'

/** A certificate that must no longer be relied on. */
export interface RevokedCertificate {
  /** Hexadecimal. */
  readonly serial: string
  readonly revokedAt: Date
}

/** The fields of a revocation list before it is signed. */
export interface RevocationListFields {
  readonly issuer: Subject
  /** SubjectPublicKeyInfo of the issuer, DER. */
  readonly issuerPublicKey: Uint8Array
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  readonly number: number
  readonly revoked: readonly RevokedCertificate[]
}

/**
 * A signed X.509 v2 certificate revocation list, PEM, as an MSP of Fabric takes it: it names the issuer by its key
 * identifier.
 */
export function writeRevocationList(fields: RevocationListFields, sign: (bytes: Uint8Array) => Uint8Array): string {
  const revoked = fields.revoked.map(({ serial, revokedAt }) =>
    der.sequence(der.integer(hexBytes(serial)), der.time(revokedAt)),
  )
  const crlNumber = extension('2.5.29.20', false, der.integer(hexBytes(fields.number.toString(16))))
  const body = der.sequence(
    der.integer(Buffer.from([1])),
    ecdsaWithSha256,
    distinguishedName(fields.issuer),
    der.time(fields.thisUpdate),
    der.time(fields.nextUpdate),
    // An empty list is left out: RFC 5280, 5.1.2.6
    revoked.length > 0 ? der.sequence(...revoked) : der.nothing,
    der.tagged(0, der.sequence(authorityKeyIdentifier(fields.issuerPublicKey), crlNumber)),
  )
  return encodePem(der.sequence(body, ecdsaWithSha256, der.bitString(sign(body))), 'X509 CRL')
}

const hexBytes = (hex: string): Buffer => Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
