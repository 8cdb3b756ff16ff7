import { parseCertificate, verifyP256, type Certificate } from '@caizheng/fabric-wire'
import type { CaContext } from './context.js'
import { CaCode, CaError, unauthenticated } from './errors.js'
import { shortHex } from './hex.js'
import type { IdentityRecord } from './records.js'
import type { CaRequest } from './request.js'
import { isSecret } from './secrets.js'

/** So many wrong secrets in a row are let pass; then each costs a wait that doubles, up to an hour. */
const FREE_FAILURES = 10
const FIRST_WAIT = 60_000
const LONGEST_WAIT = 3_600_000
/** Longer secrets aren't hashed. */
const LONGEST_SECRET = 256

/**
 * The identity that a request's basic authentication proves: id and enrollment secret, the secret not used up.
 *
 * @throws CaError noAuthorizationHeader, authenticationFailure, passwordAttempts
 */
export async function enrollee({ registry, clock }: CaContext, request: CaRequest): Promise<IdentityRecord> {
  const { id, secret } = readBasic(request.authorization)
  const identity = registry.identity(id)
  const now = clock().getTime()
  if (identity && now < identity.lockedUntil) {
    throw new CaError(
      401,
      CaCode.passwordAttempts,
      `Incorrect password entered ${identity.failures} times; try again after ${new Date(identity.lockedUntil).toISOString()}`,
    )
  }
  const right = await isSecret(secret, identity?.secret)
  if (!identity) throw unauthenticated()
  if (!right) {
    const failures = identity.failures + 1
    await registry.write({ identities: [{ ...identity, failures, lockedUntil: now + waitAfter(failures) }] })
    throw unauthenticated()
  }
  const usedUp = identity.maxEnrollments !== -1 && identity.enrolled >= identity.maxEnrollments
  if (identity.revoked || usedUp) throw unauthenticated()
  return { ...identity, failures: 0, lockedUntil: 0 }
}

/**
 * The identity that signed a request with a certificate of this CA.
 *
 * @throws CaError noAuthorizationHeader, authenticationFailure
 */
export function tokenHolder(
  context: CaContext,
  request: CaRequest,
): { caller: IdentityRecord; certificate: Certificate } {
  const { method, uri, body } = request
  const token = requireHeader(request.authorization)
  const [pem = '', signature = '', ...more] = token.split('.')
  if (signature === '' || more.length > 0) throw unauthenticated()
  let certificate: Certificate
  let signed: boolean
  try {
    certificate = parseCertificate(Buffer.from(pem, 'base64'))
    const message = `${method}.${base64(Buffer.from(uri))}.${base64(body)}.${pem}`
    const key = certificate.publicKey ?? certificate.spki
    signed = verifyP256(key, Buffer.from(message), Buffer.from(signature, 'base64'))
  } catch (cause) {
    throw unauthenticated(cause)
  }
  if (!signed) throw unauthenticated()
  return { caller: ownerOf(context, certificate), certificate }
}

/** The identity to which this CA issued a certificate that is good now. @throws CaError authenticationFailure */
function ownerOf({ registry, clock }: CaContext, certificate: Certificate): IdentityRecord {
  // The hash of the signed part is compared: what is on record needs no signature of the authority to be believed
  const record = registry.certificate(shortHex(certificate.serial))
  if (!record || record.fingerprint !== certificate.identity || record.revoked) throw unauthenticated()
  const now = clock()
  if (now < certificate.notBefore || now > certificate.notAfter) throw unauthenticated()
  const identity = registry.identity(record.id)
  if (!identity || identity.revoked) throw unauthenticated()
  return identity
}

function readBasic(header: string | undefined): { id: string; secret: string } {
  const [scheme = '', encoded = ''] = requireHeader(header).split(' ')
  if (scheme.toLowerCase() !== 'basic') throw unauthenticated()
  const text = Buffer.from(encoded, 'base64').toString()
  const colon = text.indexOf(':')
  const secret = text.slice(colon + 1)
  if (colon < 1 || secret.length > LONGEST_SECRET) throw unauthenticated()
  return { id: text.slice(0, colon), secret }
}

function requireHeader(header: string | undefined): string {
  if (header !== undefined && header !== '') return header
  throw new CaError(401, CaCode.noAuthorizationHeader, 'No authorization header')
}

function waitAfter(failures: number): number {
  if (failures < FREE_FAILURES) return 0
  return Math.min(FIRST_WAIT * 2 ** (failures - FREE_FAILURES), LONGEST_WAIT)
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
