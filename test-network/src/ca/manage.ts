import type { NodeRole } from '../consortium/index.js'
import { attributeOf, chosenAttributes, Hf, mayActOnType, powers, requireMayGive } from './attributes.js'
import type { Registry } from './registry.js'
import { badRequest, CaCode, CaError, forbidden } from './errors.js'
import type { IdentityRecord } from './records.js'

const TYPES: readonly string[] = ['client', 'peer', 'admin', 'orderer']

/** Requires that the caller registers identities at all. @throws CaError authorizationFailure */
export function requireRegistrar(caller: IdentityRecord): void {
  if (attributeOf(caller, Hf.roles) === '') throw forbidden(`${caller.id} is no registrar`)
}

/** Requires one of the caller's roles to be this type. @throws CaError authorizationFailure */
export function requireType(caller: IdentityRecord, type: string): void {
  requireRegistrar(caller)
  if (!mayActOnType(caller, type)) throw forbidden(`${caller.id} may not act on identities of type ${type}`)
}

/** Requires an affiliation to be the caller's or below it. @throws CaError authorizationFailure */
export function requireAffiliation(caller: IdentityRecord, affiliation: string): void {
  if (!isWithin(caller, affiliation)) throw forbidden(`${caller.id} may not act on the affiliation '${affiliation}'`)
}

/** Whether a caller may see an identity. */
export const maySee = (caller: IdentityRecord, { type, affiliation }: IdentityRecord): boolean =>
  mayActOnType(caller, type) && isWithin(caller, affiliation)

/**
 * Requires that the caller may revoke or remove an identity: one of its types and affiliations that has no power which
 * the caller lacks. fabric-ca asks for the former only, so that there a registrar of clients may do away with, or give
 * a new secret to, a registrar above it.
 * @throws CaError authorizationFailure
 */
export function requireMayRetire(caller: IdentityRecord, target: IdentityRecord): void {
  if (caller.id === target.id) return
  requireType(caller, target.type)
  requireAffiliation(caller, target.affiliation)
  requireMayGive(caller, powers(target))
}

/**
 * Requires that the caller may change an identity: one that it could have registered itself. Who sets another's secret
 * can act as the other.
 * @throws CaError authorizationFailure
 */
export function requireMayChange(caller: IdentityRecord, target: IdentityRecord): void {
  requireType(caller, target.type)
  requireAffiliation(caller, target.affiliation)
  if (caller.id !== target.id) requireMayGive(caller, chosenAttributes(target))
}

/** The type asked for. Unlike in fabric-ca, the default is not the registrar's own: it is the least. */
export function readType(type: string): NodeRole {
  if (type === '') return 'client'
  if (TYPES.includes(type)) return type as NodeRole
  throw badRequest(`The type '${type}' is none of ${TYPES.join(', ')}: an MSP would not know it`, CaCode.addIdentity)
}

/** The affiliation asked for: `.` means the root. @throws CaError gettingAffiliation */
export function readAffiliation(registry: Registry, affiliation: string): string {
  if (affiliation === '.') return ''
  if (registry.hasAffiliation(affiliation)) return affiliation
  throw new CaError(404, CaCode.gettingAffiliation, `Failed getting affiliation '${affiliation}': there is none`)
}

/** @throws CaError notInDatabase */
export function requireIdentity(registry: Registry, id: string): IdentityRecord {
  const identity = registry.identity(id)
  if (identity) return identity
  throw new CaError(404, CaCode.notInDatabase, `Failed to get User: there is no identity '${id}'`)
}

function isWithin(caller: IdentityRecord, affiliation: string): boolean {
  return caller.affiliation === '' || `${affiliation}.`.startsWith(`${caller.affiliation}.`)
}
