import { X509Certificate } from 'node:crypto'
import { ConsortiumError } from './errors.js'
import { readKey, type SigningKey } from './keys.js'

/** What the holder of a certificate is; it goes into the organisational unit, where Fabric's NodeOUs look for it. */
export type NodeRole = 'client' | 'peer' | 'admin' | 'orderer'

/** A certificate to be issued. */
export interface CertificateRequest {
  /** The common name: 64 characters at most. A person's is best a pseudonym, for it stays on the chain. */
  readonly name: string
  readonly role: NodeRole
  /** Organisational units below the role's, the outermost first. */
  readonly subunits?: readonly string[]
  /** Attributes as fabric-ca writes them; chaincode reads them through the client identity library. */
  readonly attributes?: Readonly<Record<string, string>>
  /** From when; default: five minutes ago, so that machines whose clocks differ a little accept it at once. */
  readonly notBefore?: Date
  /** Until when; default: the definition's validity. Never later than the authority's own end. */
  readonly notAfter?: Date
}

/** A certificate and the private key that belongs to it, both PEM. */
export interface IssuedIdentity {
  readonly certificatePem: string
  /** PKCS#8. A secret. */
  readonly privateKeyPem: string
}

/** A certificate with its key, ready to sign. */
export interface KeyPair extends SigningKey {
  readonly certificatePem: string
}

/**
 * A key pair made earlier.
 *
 * @throws ConsortiumError MATERIAL_DAMAGED where certificate and key can't be read or don't belong together
 */
export function loadKeyPair({ certificatePem, privateKeyPem }: IssuedIdentity): KeyPair {
  let key: SigningKey
  let certified: Uint8Array
  try {
    key = readKey(privateKeyPem)
    certified = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ConsortiumError('MATERIAL_DAMAGED', `The certificate or its key can't be read: ${reason}`, undefined, {
      cause,
    })
  }
  if (Buffer.compare(certified, key.publicKey) !== 0) {
    throw new ConsortiumError('MATERIAL_DAMAGED', 'The private key is not that of the certificate')
  }
  return { ...key, certificatePem }
}
