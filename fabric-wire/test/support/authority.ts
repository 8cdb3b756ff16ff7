import { KeyObject, sign, webcrypto } from 'node:crypto'
import * as x509 from './x509.js'
import { decode, encode, encodePem, FabricMSPConfig, toLowS, type Init } from '../../src/index.js'

x509.cryptoProvider.set(webcrypto)

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const YEAR = 365 * 24 * 3600 * 1000

export const pem = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A certificate with its key, to sign others with. */
export interface Issued {
  readonly pem: Uint8Array
  readonly certificate: x509.X509Certificate
  readonly keys: webcrypto.CryptoKeyPair
}

export interface IssueOptions {
  ou?: string[]
  name?: string
  isCa?: boolean
  pathLength?: number
  notBefore?: Date
  notAfter?: Date
  serial?: string
  curve?: string
  /** A key to certify again, as at a renewal. */
  keys?: webcrypto.CryptoKeyPair
  keyUsage?: x509.KeyUsageFlags
  extensions?: x509.Extension[]
}

let serials = 1

/** Issues a certificate; without an issuer it signs itself. */
export async function issue(options: IssueOptions, issuer?: Issued): Promise<Issued> {
  const algorithm = { ...ALGORITHM, namedCurve: options.curve ?? 'P-256' }
  const keys = options.keys ?? (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']))
  const units = (options.ou ?? []).map((ou) => ({ OU: [ou] }))
  const subject = new x509.Name([...units, { CN: [options.name ?? 'someone'] }])
  const isCa = options.isCa ?? issuer === undefined
  const extensions = [
    new x509.BasicConstraintsExtension(isCa, options.pathLength, true),
    new x509.KeyUsagesExtension(
      options.keyUsage ?? (isCa ? x509.KeyUsageFlags.keyCertSign : x509.KeyUsageFlags.digitalSignature),
      true,
    ),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ...(options.extensions ?? []),
  ]
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: options.serial ?? (serials++).toString(16).padStart(2, '0'),
    subject: subject.toString(),
    issuer: issuer?.certificate.subject ?? subject.toString(),
    notBefore: options.notBefore ?? new Date(Date.now() - YEAR),
    notAfter: options.notAfter ?? new Date(Date.now() + YEAR),
    signingAlgorithm: { ...ALGORITHM, namedCurve: issuer === undefined ? algorithm.namedCurve : 'P-256' },
    publicKey: keys.publicKey,
    signingKey: (issuer?.keys ?? keys).privateKey,
    extensions,
  })
  return { pem: pem(`${certificate.toString('pem')}\n`), certificate, keys }
}

/** A revocation list of these serial numbers. */
export async function revoke(issuer: Issued, serials: readonly string[], signer = issuer): Promise<Uint8Array> {
  const list = await x509.X509CrlGenerator.create({
    issuer: issuer.certificate.subject,
    thisUpdate: new Date(),
    nextUpdate: new Date(Date.now() + YEAR),
    signingAlgorithm: ALGORITHM,
    signingKey: signer.keys.privateKey,
    entries: serials.map((serialNumber) => ({ serialNumber, revocationDate: new Date() })),
    extensions: [await x509.AuthorityKeyIdentifierExtension.create(issuer.keys.publicKey)],
  })
  // Fabric knows the label that OpenSSL and fabric-ca write.
  return pem(encodePem(new Uint8Array(list.rawData), 'X509 CRL'))
}

/** An MSP's configuration with the usual units. */
export function mspConfig(options: Init<FabricMSPConfig>): FabricMSPConfig {
  const unit = (organizationalUnitIdentifier: string) => ({ organizationalUnitIdentifier })
  const nodes = {
    enable: true,
    clientOuIdentifier: unit('client'),
    peerOuIdentifier: unit('peer'),
    adminOuIdentifier: unit('admin'),
    ordererOuIdentifier: unit('orderer'),
  }
  return decode(FabricMSPConfig, encode(FabricMSPConfig, { name: 'TestMSP', fabricNodeOus: nodes, ...options }))
}

/** Signs as Fabric does. */
export function signWith({ keys }: Issued, message: Uint8Array): Uint8Array {
  return toLowS(sign('sha256', message, KeyObject.from(keys.privateKey)))
}
