import { createPublicKey, X509Certificate } from 'node:crypto'
import { writeCertificate, type Subject } from './certificate.js'
import { ConsortiumError } from './errors.js'
import { loadKeyPair, type CertificateRequest, type IssuedIdentity, type KeyPair } from './key-pair.js'
import { generateKey } from './keys.js'
import { writeRevocationList, type RevokedCertificate } from './revocation-list.js'

const CLOCK_TOLERANCE = 5 * 60_000

/** What all certificates of one organisation share. */
export interface AuthorityOptions {
  /** The subjects' organisation: its domain. */
  readonly organization: string
  /** For how many years an issued certificate is valid, unless asked otherwise. */
  readonly identityYears: number
  readonly now: () => Date
}

interface Validity {
  readonly notBefore: Date
  readonly notAfter: Date
}

/**
 * A certificate authority with a self-signed root. An organisation has two: one for identities, one for TLS, so that a
 * certificate of a web server never passes as a signer on the chain.
 */
export class Authority implements IssuedIdentity {
  readonly #root: X509Certificate

  private constructor(
    private readonly pair: KeyPair,
    private readonly subject: Subject,
    private readonly options: AuthorityOptions,
  ) {
    this.#root = new X509Certificate(pair.certificatePem)
  }

  /** A new authority with a new key. */
  static create(commonName: string, years: number, options: AuthorityOptions): Authority {
    const key = generateKey()
    const subject = { organization: options.organization, commonName }
    const notBefore = startOfValidity(options.now())
    const certificatePem = writeCertificate(
      {
        purpose: 'authority',
        issuer: subject,
        subject,
        publicKey: key.publicKey,
        issuerPublicKey: key.publicKey,
        notBefore,
        notAfter: yearsAfter(notBefore, years),
      },
      key.sign,
    )
    return new Authority({ ...key, certificatePem }, subject, options)
  }

  /**
   * The authority of a certificate and a key made earlier.
   *
   * @throws ConsortiumError MATERIAL_DAMAGED where the two don't belong together
   */
  static load(material: IssuedIdentity, commonName: string, options: AuthorityOptions): Authority {
    return new Authority(loadKeyPair(material), { organization: options.organization, commonName }, options)
  }

  /** The common name of its root, such as `ca.finance.fiscal.test`. */
  get name(): string {
    return this.subject.commonName
  }

  get certificatePem(): string {
    return this.pair.certificatePem
  }

  get privateKeyPem(): string {
    return this.pair.privateKeyPem
  }

  /** Whether this authority signed a certificate. */
  hasIssued(certificatePem: string): boolean {
    return new X509Certificate(certificatePem).verify(this.#root.publicKey)
  }

  /**
   * A new key with a certificate for it.
   *
   * @throws ConsortiumError CERTIFICATE_REFUSED for a name or a validity that can't be
   */
  issue(request: CertificateRequest): KeyPair {
    const key = generateKey()
    return { ...key, certificatePem: this.writeIdentity(key.publicKey, request) }
  }

  /**
   * A certificate for a key that its holder made and keeps.
   *
   * @param publicKey - SubjectPublicKeyInfo, DER, of the curve P-256
   * @throws ConsortiumError CERTIFICATE_REFUSED for a name, a validity or a key that can't be
   */
  certify(publicKey: Uint8Array, request: CertificateRequest): string {
    return this.writeIdentity(uncompressedP256(publicKey), request)
  }

  /** A TLS certificate with its key, for a node that answers at `hosts` and calls other nodes. */
  issueTls(name: string, hosts: readonly string[]): KeyPair {
    const key = generateKey()
    return { ...key, certificatePem: this.write('tls', this.named(name), key.publicKey, this.validity({}), { hosts }) }
  }

  /**
   * A list of revoked certificates, PEM, valid from now.
   *
   * @param number - grows from list to list
   */
  revocationList(revoked: readonly RevokedCertificate[], number: number, nextUpdate: Date): string {
    const { subject: issuer, pair } = this
    const fields = { issuer, issuerPublicKey: pair.publicKey, thisUpdate: this.options.now(), nextUpdate, number }
    return writeRevocationList({ ...fields, revoked }, pair.sign)
  }

  private writeIdentity(publicKey: Uint8Array, request: CertificateRequest): string {
    const { name, role, subunits = [], attributes } = request
    const subject = { ...this.named(name), organizationalUnit: role, subunits }
    return this.write('identity', subject, publicKey, this.validity(request), attributes && { attributes })
  }

  private write(
    purpose: 'identity' | 'tls',
    subject: Subject,
    publicKey: Uint8Array,
    validity: Validity,
    more: { attributes?: Readonly<Record<string, string>>; hosts?: readonly string[] } = {},
  ): string {
    const keys = { publicKey, issuerPublicKey: this.pair.publicKey }
    const fields = { purpose, issuer: this.subject, subject, ...validity, ...keys, ...more }
    return writeCertificate(fields, this.pair.sign)
  }

  private named(commonName: string): Subject {
    if (commonName.length < 1 || commonName.length > 64 || /\p{C}/u.test(commonName)) {
      throw new ConsortiumError('CERTIFICATE_REFUSED', 'A common name has 1 to 64 printable characters')
    }
    return { organization: this.options.organization, commonName }
  }

  /** A certificate's validity, within the authority's own: outside of it no chain would be valid. */
  private validity(request: Pick<CertificateRequest, 'notBefore' | 'notAfter'>): Validity {
    const first = new Date(this.#root.validFrom)
    const last = new Date(this.#root.validTo)
    const notBefore = request.notBefore ?? latest(first, startOfValidity(this.options.now()))
    const wanted = request.notAfter ?? yearsAfter(notBefore, this.options.identityYears)
    const notAfter = wanted < last ? wanted : last
    if (first <= notBefore && notBefore < notAfter) return { notBefore, notAfter }
    throw new ConsortiumError(
      'CERTIFICATE_REFUSED',
      `A certificate must lie within its authority's time, ${first.toISOString()} to ${last.toISOString()}`,
    )
  }
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

const latest = (a: Date, b: Date): Date => (a > b ? a : b)

/** Whole seconds are all that a certificate can say. */
const startOfValidity = (now: Date): Date => new Date(Math.floor((now.getTime() - CLOCK_TOLERANCE) / 1000) * 1000)

function yearsAfter(start: Date, years: number): Date {
  const end = new Date(start)
  end.setUTCFullYear(end.getUTCFullYear() + years)
  return end
}
