import { createPublicKey, X509Certificate } from 'node:crypto'
import { writeCertificate, type Subject } from './certificate.js'
import { ConsortiumError } from './errors.js'
import { loadKeyPair, type CertificateRequest, type IssuedIdentity, type KeyPair } from './key-pair.js'
import { generateKey, readKey, type SigningKey } from './keys.js'

const CLOCK_TOLERANCE = 5 * 60_000

/**
 * A certificate authority with a self-signed root. An organisation has two: one for identities, one for TLS, so that a
 * certificate of a web server never passes as a signer on the chain.
 */
export class Authority implements IssuedIdentity {
  private constructor(
    readonly certificatePem: string,
    private readonly key: SigningKey,
    private readonly subject: Subject,
    private readonly notAfter: Date,
    private readonly options: AuthorityOptions,
  ) {}

  /** A new authority with a new key. */
  static create(commonName: string, years: number, options: AuthorityOptions): Authority {
    const key = generateKey()
    const subject = { organization: options.organization, commonName }
    const notBefore = startOfValidity(options.now())
    const notAfter = yearsAfter(notBefore, years)
    const names = { purpose: 'authority', issuer: subject, subject } as const
    const keys = { publicKey: key.publicKey, issuerPublicKey: key.publicKey }
    const certificatePem = writeCertificate({ ...names, ...keys, notBefore, notAfter }, (bytes) => key.sign(bytes))
    return new Authority(certificatePem, key, subject, notAfter, options)
  }

  /**
   * The authority of a certificate and a key made earlier.
   *
   * @throws ConsortiumError MATERIAL_DAMAGED where the two don't belong together
   */
  static load(material: IssuedIdentity, commonName: string, options: AuthorityOptions): Authority {
    const certificate = new X509Certificate(material.certificatePem)
    const pair = loadKeyPair(material)
    const subject = { organization: options.organization, commonName }
    return new Authority(
      pair.certificatePem,
      readKey(pair.privateKeyPem),
      subject,
      new Date(certificate.validTo),
      options,
    )
  }

  get privateKeyPem(): string {
    return this.key.privateKeyPem
  }

  /**
   * A new key with a certificate for it.
   *
   * @throws ConsortiumError CERTIFICATE_REFUSED for a name or a validity that can't be
   */
  issue(request: CertificateRequest): KeyPair {
    const key = generateKey()
    const certificatePem = this.certify(key.publicKey, request)
    return { certificatePem, privateKeyPem: key.privateKeyPem, sign: (bytes) => key.sign(bytes) }
  }

  /**
   * A certificate for a key that its holder made and keeps.
   *
   * @param publicKey - SubjectPublicKeyInfo, DER, of the curve P-256
   * @throws ConsortiumError CERTIFICATE_REFUSED for a name, a validity or a key that can't be
   */
  certify(publicKey: Uint8Array, request: CertificateRequest): string {
    const subject = {
      organization: this.options.organization,
      organizationalUnit: request.role,
      commonName: checkName(request.name),
    }
    const { attributes } = request
    return this.write('identity', subject, publicKey, this.validity(request), attributes && { attributes })
  }

  /** A TLS certificate with its key, for a node that answers at `hosts` and calls other nodes. */
  issueTls(name: string, hosts: readonly string[]): KeyPair {
    const key = generateKey()
    const subject = { organization: this.options.organization, commonName: checkName(name) }
    const certificatePem = this.write('tls', subject, key.publicKey, this.validity({}), { hosts })
    return { certificatePem, privateKeyPem: key.privateKeyPem, sign: (bytes) => key.sign(bytes) }
  }

  private write(
    purpose: 'identity' | 'tls',
    subject: Subject,
    publicKey: Uint8Array,
    validity: { notBefore: Date; notAfter: Date },
    more: { attributes?: Readonly<Record<string, string>>; hosts?: readonly string[] } = {},
  ): string {
    const keys = { publicKey: uncompressedP256(publicKey), issuerPublicKey: this.key.publicKey }
    const fields = { purpose, issuer: this.subject, subject, ...validity, ...keys, ...more }
    return writeCertificate(fields, (bytes) => this.key.sign(bytes))
  }

  private validity(request: Pick<CertificateRequest, 'notBefore' | 'notAfter'>): { notBefore: Date; notAfter: Date } {
    const notBefore = request.notBefore ?? startOfValidity(this.options.now())
    const wanted = request.notAfter ?? yearsAfter(notBefore, this.options.identityYears)
    const notAfter = wanted < this.notAfter ? wanted : this.notAfter
    if (!(notBefore < notAfter)) {
      const period = `${notBefore.toISOString()} to ${notAfter.toISOString()}`
      throw new ConsortiumError(
        'CERTIFICATE_REFUSED',
        `A certificate can't be valid from ${period}; the authority ends ${this.notAfter.toISOString()}`,
      )
    }
    return { notBefore, notAfter }
  }
}

/** What all certificates of one organisation share. */
export interface AuthorityOptions {
  /** The subjects' organisation: its domain. */
  readonly organization: string
  /** For how many years an issued certificate is valid, unless asked otherwise. */
  readonly identityYears: number
  readonly now: () => Date
}

function checkName(name: string): string {
  if (name.length < 1 || name.length > 64 || /\p{C}/u.test(name)) {
    throw new ConsortiumError('CERTIFICATE_REFUSED', 'A common name has 1 to 64 printable characters')
  }
  return name
}

function uncompressedP256(publicKey: Uint8Array): Uint8Array {
  let key
  try {
    key = createPublicKey({ key: Buffer.from(publicKey), type: 'spki', format: 'der' })
  } catch (cause) {
    throw new ConsortiumError('CERTIFICATE_REFUSED', 'The public key is no SubjectPublicKeyInfo', undefined, { cause })
  }
  const bytes = key.export({ type: 'spki', format: 'der' })
  // 26 bytes name the curve P-256, 65 are the point
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1' || bytes.length !== 91) {
    throw new ConsortiumError('CERTIFICATE_REFUSED', 'The public key is not an uncompressed point of the curve P-256')
  }
  return bytes
}

/** Whole seconds are all that a certificate can say. */
const startOfValidity = (now: Date): Date => new Date(Math.floor((now.getTime() - CLOCK_TOLERANCE) / 1000) * 1000)

function yearsAfter(start: Date, years: number): Date {
  const end = new Date(start)
  end.setUTCFullYear(end.getUTCFullYear() + years)
  return end
}
