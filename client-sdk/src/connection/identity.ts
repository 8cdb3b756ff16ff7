import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import type { ClientErrorCode } from '../errors/codes.js'
import { ConnectError } from '../errors/caizheng-error.js'
import { reasonOf } from '../errors/reason.js'
import { readPem, type LocatedProfile } from './profile.js'

/** As whom a client acts: checked to be usable now. */
export interface ClientIdentity {
  readonly mspId: string
  /** As it goes into every proposal. */
  readonly certificatePem: Uint8Array
  readonly certificate: X509Certificate
  readonly privateKey: KeyObject
}

/**
 * Reads certificate and key of a profile and checks that they can be used at `now`: a peer would only say
 * "access denied" to an expired certificate or a foreign key.
 *
 * @throws {ConnectError} `CERTIFICATE_*`, `PRIVATE_KEY_*`
 */
export async function loadIdentity(located: LocatedProfile, now: Date = new Date()): Promise<ClientIdentity> {
  const certificateName = nameOf(located, 'certificate')
  const pem = await readPem(located, 'certificate')
  const certificate = attempt('CERTIFICATE_INVALID', `${certificateName} is not an X.509 certificate in PEM`, () => {
    if ((pem.match(/-----BEGIN CERTIFICATE-----/g) ?? []).length !== 1)
      throw new Error('expected exactly one certificate')
    return new X509Certificate(pem)
  })
  requireP256(certificate.publicKey, 'CERTIFICATE_INVALID', `${certificateName} is not for a P-256 key`)
  // Date.parse reads OpenSSL's "Nov 23 10:04:31 2026 GMT"; X509Certificate.validFromDate needs a newer Node.
  if (now < new Date(certificate.validFrom)) {
    fail('CERTIFICATE_NOT_YET_VALID', `${certificateName} is valid only from ${iso(certificate.validFrom)}`)
  }
  if (now > new Date(certificate.validTo)) {
    fail('CERTIFICATE_EXPIRED', `${certificateName} expired at ${iso(certificate.validTo)}`)
  }

  const keyName = nameOf(located, 'privateKey')
  const keyPem = await readPem(located, 'privateKey')
  const privateKey = attempt('PRIVATE_KEY_INVALID', `${keyName} is not an unencrypted private key in PEM`, () =>
    createPrivateKey(keyPem),
  )
  requireP256(privateKey, 'PRIVATE_KEY_INVALID', `${keyName} is not a P-256 key`)
  if (!certificate.checkPrivateKey(privateKey)) {
    fail('PRIVATE_KEY_MISMATCH', `${keyName} does not belong to ${certificateName}`)
  }
  return { mspId: located.profile.mspId, certificatePem: Buffer.from(pem), certificate, privateKey }
}

function nameOf(located: LocatedProfile, field: 'certificate' | 'privateKey'): string {
  const value = located.profile[field]
  return value.includes('-----BEGIN') ? `the ${field} in ${located.name}` : value
}

function requireP256(key: KeyObject, code: ClientErrorCode, message: string): void {
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') fail(code, message)
}

function attempt<T>(code: ClientErrorCode, message: string, make: () => T): T {
  try {
    return make()
  } catch (cause) {
    throw new ConnectError(code, 'connect', `${message}: ${reasonOf(cause)}`, { cause })
  }
}

function fail(code: ClientErrorCode, message: string): never {
  throw new ConnectError(code, 'connect', message)
}

function iso(openssl: string): string {
  return new Date(openssl).toISOString()
}
