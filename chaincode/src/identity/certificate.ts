/** The parts of an X.509 certificate that identify its holder, each as the DER bytes that the CA signed. */
export interface CertificateParts {
  readonly issuer: Uint8Array
  readonly subject: Uint8Array
  readonly publicKey: Uint8Array
}

const SEQUENCE = 0x30
const VERSION_TAG = 0xa0

/**
 * Takes issuer, subject and SubjectPublicKeyInfo out of a certificate (RFC 5280, section 4.1).
 *
 * Why not the shim's identity string `x509::/C=…::/C=…`: it separates attributes by a slash without escaping it, so two
 * different names can give one string, and its form belongs to a library that may change it. These bytes cannot change.
 *
 * @throws {RangeError} where the bytes are no certificate.
 */
export function certificateParts(der: Uint8Array): CertificateParts {
  const certificate = element(der, 0)
  const body = element(der, certificate.contents)
  if (der[certificate.start] !== SEQUENCE || der[body.start] !== SEQUENCE) throw new RangeError('Not a certificate')

  let at = body.contents
  if (der[at] === VERSION_TAG) at = element(der, at).end
  const next = (): Uint8Array => {
    const { start, end } = element(der, at)
    at = end
    return der.subarray(start, end)
  }
  next() // serial number
  next() // signature algorithm
  const issuer = next()
  next() // validity
  const subject = next()
  const publicKey = next()
  if (at > body.end || [issuer, subject, publicKey].some((part) => part[0] !== SEQUENCE)) {
    throw new RangeError('Not a certificate')
  }
  return { issuer, subject, publicKey }
}

// One DER element: where it starts, where its contents start, where it ends.
function element(der: Uint8Array, start: number): { start: number; contents: number; end: number } {
  const first = der[start + 1]
  if (first === undefined) throw new RangeError('The certificate is cut short')
  let contents = start + 2
  let length = first
  if (first >= 0x80) {
    const count = first - 0x80
    if (count < 1 || count > 3) throw new RangeError('Not DER')
    length = 0
    for (let index = 0; index < count; index++) length = length * 256 + (der[contents++] ?? 0)
  }
  const end = contents + length
  if (end > der.length) throw new RangeError('The certificate is cut short')
  return { start, contents, end }
}
