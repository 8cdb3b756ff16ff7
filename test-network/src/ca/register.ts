import { tokenHolder } from './authenticate.js'
import { fixedAttributes, requireMayGive } from './attributes.js'
import type { CaContext } from './context.js'
import { badRequest, CaCode, CaError } from './errors.js'
import { readAffiliation, readType, requireAffiliation, requireType } from './manage.js'
import type { IdentityRecord } from './records.js'
import type { Answer, CaRequest } from './request.js'
import { hashSecret, newSecret } from './secrets.js'

const LONGEST_ID = 64
const LONGEST_SECRET = 256

/** POST register: makes an identity known and answers its enrollment secret. */
export async function register(context: CaContext, request: CaRequest): Promise<Answer> {
  const { caller } = tokenHolder(context, request)
  const { secret } = await registerIdentity(context, caller, request)
  return { status: 201, result: { secret } }
}

/**
 * Registers what a request describes, within the caller's own rights.
 *
 * @throws CaError authorizationFailure, duplicateIdentity, addIdentity, badMaxEnrollments, gettingAffiliation, badBody
 */
export async function registerIdentity(
  { registry }: CaContext,
  caller: IdentityRecord,
  { fields }: CaRequest,
): Promise<{ identity: IdentityRecord; secret: string }> {
  const id = readId(fields.text('id'))
  const type = readType(fields.text('type'))
  requireType(caller, type)
  const affiliation = readAffiliation(registry, fields.text('affiliation') || caller.affiliation || '.')
  requireAffiliation(caller, affiliation)
  const attributes = fields.attributes('attrs')
  requireMayGive(caller, attributes)
  const maxEnrollments = readMaxEnrollments(fields.integer('max_enrollments'))
  if (registry.identity(id)) {
    throw new CaError(409, CaCode.duplicateIdentity, `Identity '${id}' is already registered`)
  }
  const secret = readSecret(fields.text('secret')) || newSecret()
  const identity: IdentityRecord = {
    id,
    type,
    affiliation,
    attributes: [...attributes, ...fixedAttributes({ id, type, affiliation })],
    maxEnrollments,
    enrolled: 0,
    revoked: false,
    secret: await hashSecret(secret),
    failures: 0,
    lockedUntil: 0,
  }
  await registry.write({ identities: [identity] })
  return { identity, secret }
}

/** @throws CaError badBody */
export function readSecret(secret: string): string {
  if (secret.length <= LONGEST_SECRET) return secret
  throw badRequest(`Invalid request body: a secret has at most ${LONGEST_SECRET} characters`)
}

/** How often a secret may be used: once unless told otherwise, where fabric-ca has no limit then. */
function readMaxEnrollments(count = 0): number {
  if (count < -1) {
    const reason = `Max enrollment in registration request may not be less than -1, but was ${count}`
    throw badRequest(reason, CaCode.badMaxEnrollments)
  }
  return count === 0 ? 1 : count
}

/** An id is a certificate's common name, and basic authentication and paths have to carry it. */
function readId(id: string): string {
  if (id.length >= 1 && id.length <= LONGEST_ID && !/[\p{C}:/]/u.test(id)) return id
  throw badRequest(`An id has 1 to ${LONGEST_ID} printable characters, no colon and no slash`, CaCode.addIdentity)
}
