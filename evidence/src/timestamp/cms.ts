import { equalBytes, hashWith, readDigestAlgorithm, toHex, type Der, type Digest } from '@caizheng/fabric-wire'
import { childrenOf, element, fields, malformed } from './shape.js'

const SIGNED_DATA = '06092a864886f70d010702'
const TST_INFO = '060b2a864886f70d0109100104'
const CONTENT_TYPE = '06092a864886f70d010903'
const MESSAGE_DIGEST = '06092a864886f70d010904'
const SIGNING_CERTIFICATE_V2 = '060b2a864886f70d010910022f'

/** What a time-stamp token holds, read; nothing of it is verified but that its signature covers this content. */
export interface SignedToken {
  /** TSTInfo. */
  readonly info: Uint8Array
  readonly certificates: readonly Uint8Array[]
  /** Name and serial number of the signer's certificate, each a whole element. */
  readonly issuer: Uint8Array
  readonly serial: Uint8Array
  /** What was signed. */
  readonly message: Uint8Array
  readonly digest: Digest
  /** AlgorithmIdentifier of the signature. */
  readonly algorithm: Uint8Array
  readonly signature: Uint8Array
  /** Whether the signed attributes name this certificate as the signer's (ESSCertIDv2). */
  names(certificate: Uint8Array): boolean
}

/**
 * Reads CMS SignedData (RFC 5652) as RFC 3161 restricts it: one signer, named by issuer and number; signed attributes with
 * content type, digest and ESSCertIDv2; no revocation lists and no unsigned attributes, which anyone could change.
 *
 * @throws EvidenceError TIMESTAMP_FORM
 */
export function readToken(der: Uint8Array): SignedToken {
  const [type, content] = fields(element(der, 0x30, 'the token'), [0x06, 0xa0], 'the token') as [Der, Der]
  if (toHex(type.whole) !== SIGNED_DATA) throw malformed('the token is no SignedData')
  const signed = element(content.content, 0x30, 'SignedData')
  const parts = fields(signed, [0x02, 0x31, 0x30, 0xa0, 0x31], 'SignedData') as [Der, Der, Der, Der, Der]
  const [version, digests, encapsulated, certificates, signers] = parts
  if (toHex(version.content) !== '03') throw malformed('SignedData is not of version 3')
  const [contentType, wrapped] = fields(encapsulated, [0x06, 0xa0], 'the content') as [Der, Der]
  if (toHex(contentType.whole) !== TST_INFO) throw malformed('the content is no TSTInfo')
  const info = element(wrapped.content, 0x04, 'the content').content
  const signer = readSigner(element(signers.content, 0x30, 'the one signer'), info)
  if (!equalBytes(element(digests.content, 0x30, 'the one digest').whole, signer.digestAlgorithm)) {
    throw malformed('another digest than the signer’s is named')
  }
  return { info, certificates: childrenOf(certificates, 'certificates').map(({ whole }) => whole), ...signer }
}

function readSigner(node: Der, info: Uint8Array) {
  const tags = [0x02, 0x30, 0x30, 0xa0, 0x30, 0x04]
  const parts = fields(node, tags, 'the signer') as [Der, Der, Der, Der, Der, Der]
  const [version, sid, digestAlgorithm, attributes, algorithm, signature] = parts
  if (toHex(version.content) !== '01') throw malformed('the signer is not of version 1')
  const [issuer, serial] = fields(sid, [0x30, 0x02], 'the signer’s certificate') as [Der, Der]
  const digest = readDigestAlgorithm(digestAlgorithm.content)
  if (digest === undefined) throw malformed('the digest is none of SHA-256, 384 and 512')
  const values = readAttributes(attributes)
  const type = values.get(CONTENT_TYPE)
  if (type === undefined || toHex(type.whole) !== TST_INFO) throw malformed('the signature is not over a TSTInfo')
  const stated = values.get(MESSAGE_DIGEST)
  if (stated?.tag !== 0x04 || !equalBytes(stated.content, hashWith(digest, info))) {
    throw malformed('the signature is over other content')
  }
  const named = values.get(SIGNING_CERTIFICATE_V2)
  if (named === undefined) throw malformed('the signature does not name its certificate (ESSCertIDv2)')
  const identifier = readCertificateIdentifier(named)
  return {
    issuer: issuer.whole,
    serial: serial.whole,
    digestAlgorithm: digestAlgorithm.whole,
    digest,
    // Signed as a SET, wherever it stands (RFC 5652, 5.4).
    message: Uint8Array.of(0x31, ...attributes.whole.subarray(1)),
    algorithm: algorithm.whole,
    signature: signature.content,
    names: (certificate: Uint8Array) => equalBytes(identifier.hash, hashWith(identifier.digest, certificate)),
  }
}

/** Signed attributes by type; each once, with one value. */
function readAttributes(attributes: Der): ReadonlyMap<string, Der> {
  const values = new Map<string, Der>()
  for (const attribute of childrenOf(attributes, 'signed attributes')) {
    const [type, set] = fields(attribute, [0x06, 0x31], 'a signed attribute') as [Der, Der]
    const [value, ...more] = childrenOf(set, 'a signed attribute')
    const key = toHex(type.whole)
    if (value === undefined || more.length > 0 || values.has(key)) throw malformed('a signed attribute stands twice')
    values.set(key, value)
  }
  return values
}

/** The first ESSCertIDv2 of a SigningCertificateV2 (RFC 5035): the signer's. */
function readCertificateIdentifier(value: Der): { readonly digest: Digest; readonly hash: Uint8Array } {
  const [list] = fields(value, [0x30, [0x30]], 'SigningCertificateV2') as [Der]
  const [first] = childrenOf(list, 'SigningCertificateV2')
  if (first?.tag !== 0x30) throw malformed('SigningCertificateV2 names no certificate')
  const [algorithm, hash] = fields(first, [[0x30], 0x04, [0x30]], 'ESSCertIDv2')
  const digest = algorithm === undefined ? 'sha256' : readDigestAlgorithm(algorithm.content)
  if (digest === undefined || hash === undefined) throw malformed('ESSCertIDv2 is of an unknown digest')
  return { digest, hash: hash.content }
}
