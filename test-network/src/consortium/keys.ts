import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { toLowS } from '@caizheng/fabric-wire'

/**
 * A P-256 private key as Fabric's software keystores hold it.
 * Everything is synchronous: OpenSSL makes a key in about 0.04 ms and signs in about 0.03 ms, less than a turn of the
 * thread pool costs.
 */
export interface SigningKey {
  /** PKCS#8, PEM. A secret. */
  readonly privateKeyPem: string
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKey: Uint8Array
  /** ECDSA over SHA-256 of `bytes`, DER, with the low S that Fabric demands. */
  readonly sign: (bytes: Uint8Array) => Uint8Array
}

/** A new random key. */
export function generateKey(): SigningKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return signingKey(
    pair.privateKey,
    pair.publicKey,
    pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  )
}

/**
 * The key of a PEM file.
 *
 * @throws TypeError where the text is no P-256 private key
 */
export function readKey(privateKeyPem: string): SigningKey {
  const key = createPrivateKey(privateKeyPem)
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError('The private key is not of the curve P-256')
  }
  return signingKey(key, createPublicKey(key), privateKeyPem)
}

function signingKey(privateKey: KeyObject, publicKey: KeyObject, privateKeyPem: string): SigningKey {
  return {
    privateKeyPem,
    publicKey: publicKey.export({ type: 'spki', format: 'der' }),
    sign: (bytes) => toLowS(sign('sha256', bytes, privateKey)),
  }
}
