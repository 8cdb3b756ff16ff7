import { badRequest, CaCode, forbidden } from './errors.js'
import type { Attribute } from './fields.js'
import type { IdentityRecord } from './records.js'

/** The attributes that fabric-ca gives a meaning to. */
export const Hf = {
  roles: 'hf.Registrar.Roles',
  delegateRoles: 'hf.Registrar.DelegateRoles',
  attributes: 'hf.Registrar.Attributes',
  revoker: 'hf.Revoker',
  genCrl: 'hf.GenCRL',
  affiliationManager: 'hf.AffiliationMgr',
  intermediateCa: 'hf.IntermediateCA',
  enrollmentId: 'hf.EnrollmentID',
  type: 'hf.Type',
  affiliation: 'hf.Affiliation',
} as const

const LISTS: readonly string[] = [Hf.roles, Hf.delegateRoles, Hf.attributes]
const BOOLEANS: readonly string[] = [Hf.revoker, Hf.genCrl, Hf.affiliationManager, Hf.intermediateCa]
const FIXED: readonly string[] = [Hf.enrollmentId, Hf.type, Hf.affiliation]

/** The attributes that everyone has, by what it is registered as. */
export function fixedAttributes({ id, type, affiliation }: Pick<IdentityRecord, 'id' | 'type' | 'affiliation'>) {
  const fixed = (name: string, value: string): Attribute => ({ name, value, ecert: true })
  return [fixed(Hf.enrollmentId, id), fixed(Hf.type, type), fixed(Hf.affiliation, affiliation)]
}

/** The attributes that a registrar chose. */
export const chosenAttributes = ({ attributes }: IdentityRecord): Attribute[] =>
  attributes.filter(({ name }) => !FIXED.includes(name))

/** Those that give power over the CA. */
export const powers = (identity: IdentityRecord): Attribute[] =>
  identity.attributes.filter(({ name }) => LISTS.includes(name) || BOOLEANS.includes(name))

export const attributeOf = ({ attributes }: Pick<IdentityRecord, 'attributes'>, name: string): string =>
  attributes.find((attribute) => attribute.name === name)?.value ?? ''

/** The entries of a list that is written with commas. */
export const entries = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

/** Whether an identity has a boolean attribute with a true value, in any of Go's spellings. */
export const isTrue = (identity: IdentityRecord, name: string): boolean =>
  parseBoolean(attributeOf(identity, name)) === true

/** @throws CaError authorizationFailure */
export function requireRight(identity: IdentityRecord, name: string): void {
  if (!isTrue(identity, name)) throw forbidden(`${identity.id} does not have ${name}`)
}

/** Whether one of a registrar's roles, or `*`, is this type. */
export function mayActOnType(registrar: IdentityRecord, type: string): boolean {
  const roles = entries(attributeOf(registrar, Hf.roles)).map((role) => role.toLowerCase())
  return roles.includes('*') || roles.includes(type.toLowerCase())
}

/**
 * Requires that a registrar may give these attributes: each stands in its hf.Registrar.Attributes, and those that give
 * power give no more than the registrar has itself.
 *
 * @param requested - what is asked for; an empty value takes the attribute away
 * @param others - attributes that the identity has besides
 * @throws CaError authorizationFailure, badBody
 */
export function requireMayGive(
  registrar: IdentityRecord,
  requested: readonly Attribute[],
  others: readonly Attribute[] = [],
): void {
  const allowed = entries(attributeOf(registrar, Hf.attributes))
  const all = [...others.filter((it) => !requested.some(({ name }) => name === it.name)), ...requested]
  for (const { name, value } of requested) {
    if (!isListed(name, allowed)) throw forbidden(`${registrar.id} may not register the attribute ${name}`)
    if (FIXED.includes(name)) throw forbidden(`${name} follows from the identity and can't be registered`)
    if (BOOLEANS.includes(name)) requireMayGiveBoolean(registrar, name, value)
    else if (LISTS.includes(name)) requireMayGiveList(registrar, name, entries(value), all)
    else if (name.startsWith('hf.')) throw forbidden(`${name} has the reserved prefix hf. and is not known`)
  }
}

function requireMayGiveBoolean(registrar: IdentityRecord, name: string, value: string): void {
  requireRight(registrar, name)
  if (value !== '' && parseBoolean(value) === undefined) {
    throw badRequest(`${name} must be true or false`, CaCode.badBoolean)
  }
}

function requireMayGiveList(
  registrar: IdentityRecord,
  name: string,
  values: readonly string[],
  all: readonly Attribute[],
): void {
  const own = entries(attributeOf(registrar, name))
  if (name === Hf.attributes) {
    for (const value of values) {
      if (!isListed(value, own)) throw forbidden(`${registrar.id} may not pass on the attribute ${value}`)
      if (
        value.startsWith('hf.') &&
        !all.some((it) => it.name === value || (value.endsWith('*') && matches(it.name, value)))
      ) {
        throw forbidden(`${name} names ${value}, which the identity itself doesn't have`)
      }
    }
    return
  }
  const lower = own.map((entry) => entry.toLowerCase())
  const beyond = values.find((value) => !lower.includes('*') && !lower.includes(value.toLowerCase()))
  if (beyond !== undefined) throw forbidden(`${registrar.id} may not pass on ${beyond} in ${name}`)
  if (name === Hf.delegateRoles) {
    const roles = entries(all.find((it) => it.name === Hf.roles)?.value ?? '').map((role) => role.toLowerCase())
    if (!roles.includes('*') && values.some((value) => !roles.includes(value.toLowerCase()))) {
      throw forbidden(`${name} is larger than ${Hf.roles}`)
    }
  }
}

/** Whether a name stands in a list, itself or by `prefix*`. */
const isListed = (name: string, list: readonly string[]): boolean => list.some((entry) => matches(name, entry))

const matches = (name: string, entry: string): boolean =>
  entry.endsWith('*') ? name.startsWith(entry.slice(0, -1)) : name === entry

function parseBoolean(text: string): boolean | undefined {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true
  return ['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text) ? false : undefined
}
