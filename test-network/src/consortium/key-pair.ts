import { X509Certificate } from 'node:crypto'
import { ConsortiumError } from './errors.js'
import { readKey } from './keys.js'

/** What the holder of a certificate is; it goes into the organisational unit, where Fabric's NodeOUs look for it. */
export type NodeRole = 'client' | 'peer' | 'admin' | 'orderer'

/** A certificate to be issued. */
export interface CertificateRequest {
  /** The common name: 64 characters at most. A person's is best a pseudonym, for it stays on the chain. */
  readonly name: string
  readonly role: NodeRole
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

/** A certificate, its key, and a signer that is ready to use. */
export interface KeyPair extends IssuedIdentity {
  /** ECDSA over SHA-256 of `bytes`, DER with a low S. */
  sign(bytes: Uint8Array): Uint8Array
}

/**
 * A key pair made earlier.
 *
 * @throws ConsortiumError MATERIAL_DAMAGED where certificate and key don't belong together or can't be read
 */
export function loadKeyPair({ certificatePem, privateKeyPem }: IssuedIdentity): KeyPair {
  try {
    const key = readKey(privateKeyPem)
    const certified = new X509Certificate(certificatePem).publicKey.export({ type: 'spki', format: 'der' })
    if (Buffer.compare(certified, key.publicKey) === 0) {
      return { certificatePem, privateKeyPem, sign: (bytes) => key.sign(bytes) }
    }
  } catch (cause) {
    throw new ConsortiumError('MATERIAL_DAMAGED', "The certificate or its key can't be read", undefined, { cause })
  }
  throw new ConsortiumError('MATERIAL_DAMAGED', 'The private key is not that of the certificate')
}
