import { Hf, requireRight } from './attributes.js'
import { tokenHolder } from './authenticate.js'
import type { CaContext } from './context.js'
import { badRequest, CaCode, CaError } from './errors.js'
import { readAffiliation, requireAffiliation } from './manage.js'
import type { IdentityRecord } from './records.js'
import type { Answer, CaRequest } from './request.js'

/** Each part becomes an organisational unit; those that mean a role would contradict the identity's own. */
const PART = /^(?!(?:client|peer|admin|orderer)$)[A-Za-z0-9\p{L}_-]{1,64}$/u
const MOST_PARTS = 8

interface Affiliation {
  name: string
  affiliations?: Affiliation[]
}

/** GET affiliations: the caller's and all below it. */
export function listAffiliations(context: CaContext, request: CaRequest): Answer {
  const caller = requireManager(context, request)
  return answer(context, caller.affiliation)
}

/** GET affiliations/{name} */
export function getAffiliation(context: CaContext, request: CaRequest, name: string): Answer {
  const caller = requireManager(context, request)
  requireAffiliation(caller, name)
  return answer(context, readAffiliation(context.registry, name))
}

/** POST affiliations: with `force`, those above are made too. */
export async function addAffiliation(context: CaContext, request: CaRequest): Promise<Answer> {
  const { registry } = context
  const caller = requireManager(context, request)
  const name = request.fields.text('name')
  requireAffiliation(caller, name)
  const parts = name.split('.')
  if (parts.length > MOST_PARTS || !parts.every((part) => PART.test(part))) {
    const form = `1 to ${MOST_PARTS} parts with dots between, of letters, digits, _ and -, none a role's name`
    throw badRequest(`An affiliation is ${form}`, CaCode.addAffiliation)
  }
  if (registry.hasAffiliation(name)) throw badRequest(`Affiliation '${name}' already exists`, CaCode.addAffiliation)
  const missing = parts
    .map((_, index) => parts.slice(0, index + 1).join('.'))
    .filter((path) => !registry.hasAffiliation(path))
  const force = request.query('force').toLowerCase() === 'true'
  if (missing.length > 1 && !force) {
    const reason = `Parent affiliation '${parts.slice(0, -1).join('.')}' does not exist. Use 'force' to create it`
    throw badRequest(reason, CaCode.addAffiliation)
  }
  await registry.write({ affiliations: missing })
  return { ...answer(context, name), status: 201 }
}

/** DELETE affiliations/{name}: refused, as by a fabric-ca that was not configured otherwise. */
export function removeAffiliation(context: CaContext, request: CaRequest): Answer {
  requireManager(context, request)
  throw new CaError(403, CaCode.removeAffiliation, 'Affiliation removal is disabled')
}

function requireManager(context: CaContext, request: CaRequest): IdentityRecord {
  const { caller } = tokenHolder(context, request)
  requireRight(caller, Hf.affiliationManager)
  return caller
}

function answer({ registry, authority }: CaContext, name: string): Answer {
  return { status: 200, result: { ...treeOf(name, registry.affiliations()), caname: authority.name } }
}

function treeOf(name: string, all: readonly string[]): Affiliation {
  const prefix = name === '' ? '' : `${name}.`
  const children = all.filter((it) => it.startsWith(prefix) && it !== name && !it.slice(prefix.length).includes('.'))
  return { name, ...(children.length > 0 && { affiliations: children.map((child) => treeOf(child, all)) }) }
}
