import { tokenHolder } from './authenticate.js'
import { fixedAttributes, requireMayGive } from './attributes.js'
import type { CaContext } from './context.js'
import { badRequest, CaCode, CaError } from './errors.js'
import type { Attribute } from './fields.js'
import {
  maySee,
  readAffiliation,
  readType,
  requireAffiliation,
  requireIdentity,
  requireMayChange,
  requireMayRetire,
  requireRegistrar,
  requireType,
} from './manage.js'
import type { IdentityRecord } from './records.js'
import { readSecret, registerIdentity } from './register.js'
import type { Answer, CaRequest } from './request.js'
import { revocationsOf } from './revoke.js'
import { hashSecret } from './secrets.js'

/** GET identities: those that the caller may act on. */
export function listIdentities(context: CaContext, request: CaRequest): Answer {
  const { caller } = tokenHolder(context, request)
  requireRegistrar(caller)
  const identities = [...context.registry.identities()].filter((it) => maySee(caller, it)).map(describe)
  return { status: 200, result: { identities, caname: context.authority.name } }
}

/** POST identities: as register, answering the whole identity. */
export async function createIdentity(context: CaContext, request: CaRequest): Promise<Answer> {
  const { caller } = tokenHolder(context, request)
  const { identity, secret } = await registerIdentity(context, caller, request)
  return { status: 201, result: { ...describe(identity), secret, caname: context.authority.name } }
}

/** GET identities/{id} */
export function getIdentity(context: CaContext, request: CaRequest, id: string): Answer {
  const { caller } = tokenHolder(context, request)
  const identity = requireIdentity(context.registry, id)
  requireType(caller, identity.type)
  requireAffiliation(caller, identity.affiliation)
  return answer(context, identity)
}

/** PUT identities/{id}: what the request names is changed; an attribute with an empty value goes away. */
export async function modifyIdentity(context: CaContext, request: CaRequest, id: string): Promise<Answer> {
  const { registry } = context
  const { caller } = tokenHolder(context, request)
  const { fields } = request
  const before = requireIdentity(registry, id)
  requireMayChange(caller, before)

  const type = fields.text('type') === '' ? before.type : readType(fields.text('type'))
  requireType(caller, type)
  const affiliation =
    fields.text('affiliation') === '' ? before.affiliation : readAffiliation(registry, fields.text('affiliation'))
  requireAffiliation(caller, affiliation)
  const changes = fields.attributes('attrs')
  requireMayGive(caller, changes, before.attributes)
  const attributes = [...merge(before.attributes, changes), ...fixedAttributes({ id, type, affiliation })]
  const secret = readSecret(fields.text('secret'))
  const after: IdentityRecord = {
    ...before,
    type,
    affiliation,
    attributes,
    maxEnrollments: changedLimit(before.maxEnrollments, fields.integer('max_enrollments')),
    ...(secret !== '' && { secret: await hashSecret(secret), failures: 0, lockedUntil: 0 }),
  }
  await registry.write({ identities: [after] })
  return answer(context, after)
}

/** DELETE identities/{id}: its certificates are revoked with it. */
export async function removeIdentity(context: CaContext, request: CaRequest, id: string): Promise<Answer> {
  const { registry } = context
  const { caller } = tokenHolder(context, request)
  const force = request.query('force').toLowerCase() === 'true'
  if (id === caller.id && !force) {
    throw new CaError(403, CaCode.removeIdentity, "Need to use 'force' option to delete your own identity")
  }
  requireRegistrar(caller)
  const identity = requireIdentity(registry, id)
  requireMayRetire(caller, identity)
  await registry.write({ removed: [id], certificates: revocationsOf(context, id, 'cessationofoperation') })
  return answer(context, identity)
}

function answer({ authority }: CaContext, identity: IdentityRecord): Answer {
  return { status: 200, result: { ...describe(identity), caname: authority.name } }
}

function describe({ id, type, affiliation, attributes, maxEnrollments }: IdentityRecord) {
  return { id, type, affiliation, attrs: attributes, max_enrollments: maxEnrollments }
}

function merge(before: readonly Attribute[], changes: readonly Attribute[]): Attribute[] {
  const merged = new Map(before.map((attribute) => [attribute.name, attribute]))
  for (const { name } of fixedAttributes({ id: '', type: 'client', affiliation: '' })) merged.delete(name)
  for (const attribute of changes) {
    if (attribute.value === '') merged.delete(attribute.name)
    else merged.set(attribute.name, attribute)
  }
  return [...merged.values()]
}

/** As in fabric-ca, 0 changes nothing and -2 allows no enrollment any more. */
function changedLimit(before: number, asked = 0): number {
  if (asked < -2) throw badRequest('max_enrollments may not be less than -2', CaCode.badMaxEnrollments)
  if (asked === 0) return before
  return asked === -2 ? 0 : asked
}
