import { isIP } from 'node:net'
import { nodeOrganizations, type Address, type ConsortiumDefinition } from './definition.js'
import { ConsortiumError } from './errors.js'

/** SmartBFT compares a batch's bytes with its own default limit for one request, and refuses less. */
const SMALLEST_BATCH_BYTES = 10 * 1024
/** A gRPC message of Fabric's holds 100 MiB; a block also carries its signatures. */
const LARGEST_BATCH_BYTES = 99 * 1024 * 1024

const label = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?'
const domainName = new RegExp(`^${label}(\\.${label})+$`)
const hostName = new RegExp(`^${label}(\\.${label})*$`)

/**
 * Checks every rule that Fabric, SmartBFT or a certificate would trip over later. A definition that was read from a
 * file may be given as it is: fields that are missing or of another type are found too.
 *
 * @throws ConsortiumError DEFINITION_INVALID for the first rule that is broken, with the field in `path`
 */
export function validateDefinition(definition: ConsortiumDefinition): void {
  text(
    definition.channel,
    /^[a-z][a-z0-9.-]{0,248}$/,
    'channel',
    'lower-case letters, digits, dots and hyphens, a letter first',
  )
  validateOrganizations(definition)
  validateConsenters(definition)
  validateAddresses(definition)
  validateBatch(definition)
  const { authorityYears, identityYears } = object(definition.validity, 'validity')
  wholeNumber(authorityYears, 1, 50, 'validity.authorityYears')
  wholeNumber(identityYears, 1, authorityYears, 'validity.identityYears')
  for (const [resource, policy] of Object.entries(definition.accessControl ?? {})) {
    text(
      policy,
      /^\/Channel\/./,
      `accessControl['${resource}']`,
      'the path of a policy, such as /Channel/Application/Writers',
    )
  }
}

function validateOrganizations(definition: ConsortiumDefinition): void {
  const all = [
    ...list(definition.organizations, 'organizations'),
    ...list(definition.ordererOrganizations, 'ordererOrganizations'),
  ]
  for (const [{ mspId, domain, name }, path] of all) {
    text(mspId, /^[A-Za-z][A-Za-z0-9.-]{0,63}$/, `${path}.mspId`, 'letters, digits, dots and hyphens, a letter first')
    // A certificate's common name holds 64 characters, with the node's name before the domain
    text(domain, domainName, `${path}.domain`, 'a DNS name of two labels or more, in lower case')
    check(domain.length <= 48, `${path}.domain`, 'must have 48 characters at most')
    const { zh, en } = object(name, `${path}.name`)
    text(zh, /./, `${path}.name.zh`, 'a name')
    text(en, /./, `${path}.name.en`, 'a name')
  }
  unique(all.map(([{ mspId }, path]) => [mspId, `${path}.mspId`]))
  unique(all.map(([{ domain }, path]) => [domain, `${path}.domain`]))
  check(
    nodeOrganizations(definition).length > 0,
    'organizations',
    'needs at least one organisation that runs a node (has a peer)',
  )
}

function validateConsenters({ consenters, ordererOrganizations }: ConsortiumDefinition): void {
  const all = list(consenters, 'consenters')
  check(all.length >= 4, 'consenters', 'needs at least four: fewer tolerate no node that fails or lies')
  for (const [{ id, mspId }, path] of all) {
    wholeNumber(id, 1, 65_535, `${path}.id`)
    const known = ordererOrganizations.some((organization) => organization.mspId === mspId)
    check(known, `${path}.mspId`, `must be one of the ordererOrganizations, and ${mspId} is not`)
  }
  unique(all.map(([{ id }, path]) => [String(id), `${path}.id`]))
  for (const [{ mspId }, path] of list(ordererOrganizations, 'ordererOrganizations')) {
    // A channel of capability V3_0 is refused where an orderer organisation has no endpoint
    const runs = consenters.some((consenter) => consenter.mspId === mspId)
    check(runs, path, 'runs no consenter: give it one or leave it out')
  }
}

function validateAddresses({ organizations, consenters }: ConsortiumDefinition): void {
  const addresses: [Address, string][] = list(consenters, 'consenters')
  for (const [{ peer }, path] of list(organizations, 'organizations')) {
    if (peer !== undefined) addresses.push([object(peer, `${path}.peer`), `${path}.peer`])
  }
  for (const [{ host, port }, path] of addresses) {
    if (isIP(host) === 0) text(host, hostName, `${path}.host`, 'a host name in lower case or an IP address')
    wholeNumber(port, 1, 65_535, `${path}.port`)
  }
  unique(addresses.map(([{ host, port }, path]) => [`${host} port ${port}`, path]))
}

function validateBatch(definition: ConsortiumDefinition): void {
  const batch = object(definition.batch, 'batch')
  wholeNumber(batch.maxMessages, 1, 10_000, 'batch.maxMessages')
  wholeNumber(batch.absoluteMaxBytes, SMALLEST_BATCH_BYTES, LARGEST_BATCH_BYTES, 'batch.absoluteMaxBytes')
  wholeNumber(batch.preferredMaxBytes, 1, batch.absoluteMaxBytes, 'batch.preferredMaxBytes')
  wholeNumber(batch.intervalMs, 1, 60_000, 'batch.intervalMs')
}

function check(holds: boolean, path: string, message: string): void {
  if (!holds) throw new ConsortiumError('DEFINITION_INVALID', message, path)
}

function text(value: unknown, pattern: RegExp, path: string, rule: string): void {
  check(typeof value === 'string' && pattern.test(value), path, `must be ${rule}`)
}

function wholeNumber(value: unknown, least: number, most: number, path: string): void {
  const inside = Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
  check(inside, path, `must be a whole number from ${least} to ${most}`)
}

function object<T extends object>(value: T, path: string): T {
  check(typeof value === 'object' && value !== null, path, 'is missing')
  return value
}

function list<T extends object>(values: readonly T[], path: string): [T, string][] {
  check(Array.isArray(values), path, 'must be a list')
  return values.map((value, index) => [object(value, `${path}[${index}]`), `${path}[${index}]`])
}

function unique(entries: readonly (readonly [value: string, path: string])[]): void {
  const seen = new Map<string, string>()
  for (const [value, path] of entries) {
    const earlier = seen.get(value)
    check(earlier === undefined, path, `repeats ${value} of ${earlier}`)
    seen.set(value, path)
  }
}
