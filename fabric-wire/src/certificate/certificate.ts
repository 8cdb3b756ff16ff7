import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate as Asn1Certificate } from '@peculiar/asn1-x509'
import { bytesKey, toHex } from '../crypto/bytes.js'
import { Cache } from '../crypto/cache.js'
import { readPublicKey, type PublicKey } from '../crypto/public-key.js'
import { sha256 } from '#crypto'
import { IdentityError } from './error.js'
import { extensionMap, readConstraints, type Constraints, type ExtensionMap } from './extensions.js'
import { formatName, readName, valuesOf } from './name.js'
import { decodePem } from './pem.js'
import { readSigned, withLowS, type Signed } from './signed.js'

/** An X.509 certificate, read and not yet trusted. */
export interface Certificate extends Constraints {
  readonly der: Uint8Array
  /** `C=CN, O=finance, CN=peer0`, for people; the bytes are for comparison. */
  readonly subject: string
  readonly issuer: string
  readonly subjectBytes: Uint8Array
  readonly issuerBytes: Uint8Array
  readonly commonName: string
  /** The subject's organisational units. */
  readonly ou: readonly string[]
  /** Lower-case hex without leading zeros. */
  readonly serial: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** Undefined for another algorithm than ECDSA P-256 or P-384. */
  readonly publicKey: PublicKey | undefined
  /** SubjectPublicKeyInfo in DER. */
  readonly spki: Uint8Array
  readonly extensions: ExtensionMap
  readonly signed: Signed
  /** SHA-256 of the certificate, its signature in low-S: what Fabric identifies it by. */
  readonly fingerprint: Uint8Array
  /** Hex SHA-256 of the signed part: the same for every form that a certificate could be given. */
  readonly identity: string
}

const cache = new Cache<Certificate>(4096)

/**
 * Reads a certificate from PEM (one block, nothing around it) or DER. The outer layer must be strict DER. Results are kept:
 * treat them as immutable.
 *
 * @throws {IdentityError} `MALFORMED`
 * @example parseCertificate(identity.idBytes).commonName
 */
export function parseCertificate(certificate: string | Uint8Array): Certificate {
  const key = typeof certificate === 'string' ? certificate : bytesKey(certificate)
  return cache.get(key, () => {
    const isDer = typeof certificate !== 'string' && certificate[0] === 0x30
    const der = isDer ? Uint8Array.from(certificate) : decodePem(certificate, 'CERTIFICATE')
    if (der === undefined) throw new IdentityError('MALFORMED', 'not a single PEM block of a certificate')
    return read(der)
  })
}

function read(der: Uint8Array): Certificate {
  const signed = readSigned(der)
  // [0] version, serial, algorithm, issuer, validity, subject, key: a certificate with extensions is version 3.
  const [version, serial, , issuerBytes, , subjectBytes, spki] = signed?.parts ?? []
  if (signed === undefined || version?.[0] !== 0xa0 || !serial || !issuerBytes || !subjectBytes || !spki) {
    throw new IdentityError('MALFORMED', 'not an X.509 version 3 certificate in DER')
  }
  try {
    const { tbsCertificate: tbs } = AsnConvert.parse(der, Asn1Certificate)
    const subject = readName(tbs.subject)
    const extensions = extensionMap(tbs.extensions)
    return {
      der,
      subject: formatName(subject),
      issuer: formatName(readName(tbs.issuer)),
      subjectBytes,
      issuerBytes,
      commonName: valuesOf(subject, 'CN').at(-1) ?? '',
      ou: valuesOf(subject, 'OU'),
      serial: serialHex(new Uint8Array(tbs.serialNumber)),
      notBefore: tbs.validity.notBefore.getTime(),
      notAfter: tbs.validity.notAfter.getTime(),
      publicKey: readPublicKey(spki),
      spki,
      extensions,
      ...readConstraints(extensions),
      signed,
      fingerprint: sha256(withLowS(der, signed)),
      identity: toHex(sha256(signed.tbs)),
    }
  } catch (cause) {
    throw new IdentityError('MALFORMED', 'a certificate that cannot be read', { cause })
  }
}

export function serialHex(serial: Uint8Array): string {
  return toHex(serial).replace(/^(?:00)+(?=..)/, '')
}
