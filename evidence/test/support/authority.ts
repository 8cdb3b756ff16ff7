import 'reflect-metadata'
import { createPrivateKey, sign as signBytes, webcrypto, type KeyObject } from 'node:crypto'
import { toLowS } from '@caizheng/fabric-wire'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type X509Certificate,
} from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const { subtle } = webcrypto

export const CERTIFICATES_FROM = new Date('2026-01-01T00:00:00Z')
export const CERTIFICATES_UNTIL = new Date('2031-01-01T00:00:00Z')

/** A certificate with its key. */
export interface Credential {
  readonly mspId: string
  readonly pem: string
  readonly der: Uint8Array
  readonly key: KeyObject
}

export interface IssueOptions {
  readonly units?: readonly string[]
  readonly ca?: boolean
  readonly until?: Date
}

/** A CA of its own key, for tests. */
export class TestAuthority {
  private constructor(
    readonly mspId: string,
    readonly certificate: X509Certificate,
    private readonly keys: webcrypto.CryptoKeyPair,
  ) {}

  static async create(mspId: string, name: string): Promise<TestAuthority> {
    const keys = await subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
    const certificate = await X509CertificateGenerator.createSelfSigned({
      name: `CN=${name}, O=${mspId}`,
      notBefore: CERTIFICATES_FROM,
      notAfter: CERTIFICATES_UNTIL,
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new BasicConstraintsExtension(true, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    })
    return new TestAuthority(mspId, certificate, keys)
  }

  get der(): Uint8Array {
    return new Uint8Array(this.certificate.rawData)
  }

  async issue(name: string, options: IssueOptions = {}): Promise<Credential> {
    const { units = ['peer'], ca = false, until = CERTIFICATES_UNTIL } = options
    const keys = await subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
    const usage = ca ? KeyUsageFlags.keyCertSign : KeyUsageFlags.digitalSignature
    const certificate = await X509CertificateGenerator.create({
      subject: [`CN=${name}`, ...units.map((unit) => `OU=${unit}`), `O=${this.mspId}`].join(', '),
      issuer: this.certificate.subject,
      notBefore: CERTIFICATES_FROM,
      notAfter: until,
      signingAlgorithm: ALGORITHM,
      publicKey: keys.publicKey,
      signingKey: this.keys.privateKey,
      extensions: [
        new BasicConstraintsExtension(ca, undefined, true),
        new KeyUsagesExtension(usage, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
        await AuthorityKeyIdentifierExtension.create(this.keys.publicKey),
      ],
    })
    const pkcs8 = Buffer.from(await subtle.exportKey('pkcs8', keys.privateKey))
    return {
      mspId: this.mspId,
      pem: `${certificate.toString('pem')}\n`,
      der: new Uint8Array(certificate.rawData),
      key: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
    }
  }
}

/** Signs as a Fabric peer does: ECDSA over SHA-256, low S. */
export function sign({ key }: Pick<Credential, 'key'>, message: Uint8Array): Uint8Array {
  return toLowS(new Uint8Array(signBytes('sha256', message, key)))
}
