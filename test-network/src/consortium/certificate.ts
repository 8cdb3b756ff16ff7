import { createHash, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { encodePem } from '@caizheng/fabric-wire'
import * as der from './der.js'

/**
 * The extension in which fabric-ca writes an identity's attributes, and where the chaincode libraries look for them.
 */
export const ATTRIBUTES_EXTENSION = '1.2.3.4.5.6.7.8.1'

/** What a certificate is for; it decides its key usage. */
export type CertificatePurpose = 'authority' | 'identity' | 'tls'

/** A subject as Fabric's certificates have it; the organisational unit carries the NodeOU role. */
export interface Subject {
  readonly organization: string
  readonly organizationalUnit?: string
  /** Further units, from the outermost to the innermost: fabric-ca's affiliation. */
  readonly subunits?: readonly string[]
  readonly commonName: string
}

/** The fields of a certificate before it is signed. */
export interface CertificateFields {
  readonly purpose: CertificatePurpose
  readonly issuer: Subject
  readonly subject: Subject
  readonly notBefore: Date
  readonly notAfter: Date
  /** SubjectPublicKeyInfo of the subject, DER. */
  readonly publicKey: Uint8Array
  /** SubjectPublicKeyInfo of the issuer, DER. */
  readonly issuerPublicKey: Uint8Array
  /** Host names and IP addresses for the subject's alternative names. */
  readonly hosts?: readonly string[]
  /** Attributes in fabric-ca's form. */
  readonly attributes?: Readonly<Record<string, string>>
}

export const ecdsaWithSha256 = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'))

/**
 * A signed X.509 v3 certificate, PEM, in the profile of fabric-ca and cryptogen: P-256, a random 128-bit serial
 * number, key identifiers that are the SHA-256 of the public point (RFC 7093, method 4, which is also Fabric's own
 * SKI of a key).
 *
 * @param sign - the issuer's signature, DER with a low S. A peer rewrites a high S in a certificate that it meets,
 *   and then the identity on the chain would differ from the one in the file.
 */
export function writeCertificate(fields: CertificateFields, sign: (bytes: Uint8Array) => Uint8Array): string {
  const body = der.sequence(
    der.tagged(0, der.integer(Buffer.from([2]))),
    der.integer(randomBytes(16)),
    ecdsaWithSha256,
    distinguishedName(fields.issuer),
    der.sequence(der.time(fields.notBefore), der.time(fields.notAfter)),
    distinguishedName(fields.subject),
    fields.publicKey,
    der.tagged(3, der.sequence(...extensions(fields))),
  )
  const certificate = der.sequence(body, ecdsaWithSha256, der.bitString(sign(body)))
  return encodePem(certificate, 'CERTIFICATE')
}

export function distinguishedName(subject: Subject): Uint8Array {
  const attribute = (type: string, value: Uint8Array) => der.set(der.sequence(der.objectIdentifier(type), value))
  return der.sequence(
    attribute('2.5.4.6', der.printableString('CN')),
    attribute('2.5.4.10', der.utf8String(subject.organization)),
    subject.organizationalUnit === undefined
      ? der.nothing
      : attribute('2.5.4.11', der.utf8String(subject.organizationalUnit)),
    ...(subject.subunits ?? []).map((unit) => attribute('2.5.4.11', der.utf8String(unit))),
    attribute('2.5.4.3', der.utf8String(subject.commonName)),
  )
}

function extensions(fields: CertificateFields): Uint8Array[] {
  const authority = fields.purpose === 'authority'
  const list = [
    // keyUsage: keyCertSign and cRLSign for an authority, digitalSignature for all others
    extension(
      '2.5.29.15',
      true,
      authority ? der.bitString(Buffer.from([0x06]), 1) : der.bitString(Buffer.from([0x80]), 7),
    ),
    extension('2.5.29.19', true, authority ? der.sequence(der.boolean(true)) : der.sequence()),
    extension('2.5.29.14', false, der.octetString(keyIdentifier(fields.publicKey))),
    authorityKeyIdentifier(fields.issuerPublicKey),
  ]
  if (fields.purpose === 'tls') {
    // A node is a server to some and a client to others
    const usages = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'].map(der.objectIdentifier)
    list.push(extension('2.5.29.37', false, der.sequence(...usages)))
  }
  if (fields.hosts?.length) {
    list.push(extension('2.5.29.17', false, der.sequence(...fields.hosts.map(alternativeName))))
  }
  if (fields.attributes) {
    // fabric-ca puts bare JSON, not DER, into the extension
    list.push(extension(ATTRIBUTES_EXTENSION, false, Buffer.from(JSON.stringify({ attrs: fields.attributes }))))
  }
  return list
}

export const extension = (type: string, critical: boolean, value: Uint8Array): Uint8Array =>
  der.sequence(der.objectIdentifier(type), critical ? der.boolean(true) : der.nothing, der.octetString(value))

function alternativeName(host: string): Uint8Array {
  const family = isIP(host)
  if (family === 0) return der.taggedPrimitive(2, Buffer.from(host, 'ascii'))
  return der.taggedPrimitive(7, family === 4 ? Buffer.from(host.split('.').map(Number)) : ipv6Bytes(host))
}

function ipv6Bytes(host: string): Buffer {
  // The URL parser knows every written form of an address and answers the canonical one
  const [head = '', tail] = new URL(`http://[${host}]/`).hostname.slice(1, -1).split('::')
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)))
  const left = groups(head)
  const right = tail === undefined ? [] : groups(tail)
  const words = [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right]
  return Buffer.from(words.flatMap((word) => [word >> 8, word & 0xff]))
}

/** The extension that names the issuer's key. */
export const authorityKeyIdentifier = (issuerPublicKey: Uint8Array): Uint8Array =>
  extension('2.5.29.35', false, der.sequence(der.taggedPrimitive(0, keyIdentifier(issuerPublicKey))))

/** SHA-256 of the uncompressed public point, which ends a P-256 SubjectPublicKeyInfo. */
function keyIdentifier(publicKey: Uint8Array): Uint8Array {
  return createHash('sha256').update(publicKey.subarray(-65)).digest()
}
