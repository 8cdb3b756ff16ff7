import { createPublicKey, verify } from 'node:crypto'
import { decodePem } from '@caizheng/fabric-wire'
import { contentOf, DerError, DerTag, open, readBitString, readElements, readObjectIdentifier } from './der-reader.js'
import { badRequest, CaCode, CaError, forbidden } from './errors.js'

const COMMON_NAME = '2.5.4.3'
const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'
const BASIC_CONSTRAINTS = '2.5.29.19'
const DIGESTS: ReadonlyMap<string, string> = new Map([
  ['1.2.840.10045.4.3.2', 'sha256'],
  ['1.2.840.10045.4.3.3', 'sha384'],
])
/** UTF8String, PrintableString and IA5String: the string types that hold a common name in the field. */
const STRINGS = [0x0c, 0x13, 0x16]

/** What a certificate is made from; all else in a request is for the authority to say. */
export interface SigningRequest {
  readonly commonName: string
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
}

/**
 * Reads a PKCS#10 request strictly and checks that its sender holds the private key.
 *
 * @throws CaError badCsr; authorizationFailure where it asks for a CA's certificate
 */
export function readSigningRequest(pem: string): SigningRequest {
  const text = pem.trim()
  const der = decodePem(text, 'CERTIFICATE REQUEST') ?? decodePem(text, 'NEW CERTIFICATE REQUEST')
  if (!der) throw badRequest('CSR Decode failed', CaCode.badCsr)
  try {
    return read(der)
  } catch (cause) {
    if (cause instanceof CaError) throw cause
    const reason = cause instanceof DerError ? cause.message : 'it is not a request of an ECDSA key'
    throw new CaError(400, CaCode.badCsr, `CSR Decode failed: ${reason}`, { cause })
  }
}

function read(der: Uint8Array): SigningRequest {
  const [outer, ...after] = readElements(der)
  const [info, algorithm, signature, ...more] = open(outer, DerTag.sequence)
  const [version, subject, key, attributes, ...others] = open(info, DerTag.sequence)
  if (after.length + more.length + others.length > 0) throw new DerError('There are elements after the last one')
  if (Buffer.from(contentOf(version, DerTag.integer)).toString('hex') !== '00') throw new DerError('Not version 1')
  const publicKey = key?.bytes ?? new Uint8Array(0)
  const digest = DIGESTS.get(readObjectIdentifier(open(algorithm, DerTag.sequence)[0]))
  if (!digest) throw new DerError('It is not signed with ECDSA over SHA-256 or SHA-384')
  const holder = createPublicKey({ key: Buffer.from(publicKey), type: 'spki', format: 'der' })
  if (holder.asymmetricKeyType !== 'ec' || !verify(digest, info?.bytes ?? der, holder, readBitString(signature))) {
    throw badRequest('The CSR is not signed with the key that it names', CaCode.badCsr)
  }
  if (attributes && asksForAuthority(contentOf(attributes, 0xa0))) {
    throw forbidden("certificates of authorities aren't issued here")
  }
  return { commonName: commonNameOf(open(subject, DerTag.sequence)), publicKey }
}

function commonNameOf(names: ReturnType<typeof readElements>): string {
  const found = names
    .flatMap((name) => open(name, DerTag.set))
    .map((pair) => open(pair, DerTag.sequence))
    .filter(([type]) => readObjectIdentifier(type) === COMMON_NAME)
  const [, value] = found[0] ?? []
  if (found.length !== 1 || !value || !STRINGS.includes(value.tag)) throw new DerError('It has not one common name')
  return new TextDecoder('utf-8', { fatal: true }).decode(value.content)
}

/** Whether the extensions that a request asks for have basicConstraints with CA:TRUE. */
function asksForAuthority(attributes: Uint8Array): boolean {
  return readElements(attributes)
    .map((attribute) => open(attribute, DerTag.sequence))
    .filter(([type]) => readObjectIdentifier(type) === EXTENSION_REQUEST)
    .flatMap(([, values]) => open(values, DerTag.set))
    .flatMap((extensions) => open(extensions, DerTag.sequence))
    .map((extension) => open(extension, DerTag.sequence))
    .filter(([type]) => readObjectIdentifier(type) === BASIC_CONSTRAINTS)
    .some((parts) => {
      const [constraints] = readElements(contentOf(parts.at(-1), DerTag.octetString))
      return open(constraints, DerTag.sequence).some(({ tag, content }) => tag === 0x01 && content[0] !== 0)
    })
}
