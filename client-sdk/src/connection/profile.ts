import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ConnectError } from '../errors/caizheng-error.js'
import { reasonOf } from '../errors/reason.js'
import { isLoopback, parseAddress } from './address.js'

/**
 * How to reach the chain and as whom. The network's operator hands it out as a JSON file; paths are relative to it.
 *
 * @example
 * ```json
 * {
 *   "kind": "caizheng-profile", "version": 1, "channel": "fiscal", "mspId": "FinanceMSP",
 *   "gateway": "peer.finance.example:7051", "tlsRoots": "tls-ca.pem",
 *   "certificate": "user.pem", "privateKey": "user.key",
 *   "organizations": ["FinanceMSP", "AuditMSP", "ConstructionMSP"], "chaincodes": { "evidence": "evidence" }
 * }
 * ```
 */
export interface Profile {
  readonly kind: 'caizheng-profile'
  readonly version: 1
  readonly channel: string
  /** The MSP id of the organisation that issued the certificate. */
  readonly mspId: string
  /** `host:port` of the peer's gateway service. */
  readonly gateway: string
  /** TLS CA certificates: a path or the PEM itself. Without it the connection is plain, which only loopback may be. */
  readonly tlsRoots?: string
  /** The name in the peer's TLS certificate, where it isn't the host of `gateway`. */
  readonly tlsName?: string
  /** The user's certificate: a path or the PEM itself. */
  readonly certificate: string
  /** The user's private key: a path or the PEM itself. */
  readonly privateKey: string
  /** The node organisations, all of which sign a full receipt. */
  readonly organizations: readonly string[]
  /** Names of the chaincodes on this channel; by default as the keys. */
  readonly chaincodes?: { readonly evidence?: string }
  /** What is the same for every document of this system, so that each call needs to name only what differs. */
  readonly defaults?: AnchorDefaults
}

/** Parts of an anchor that a system states once. */
export interface AnchorDefaults {
  /** The unified social credit code of the unit that issues the documents. */
  readonly issuer?: string
  readonly provenance?: { readonly sourceSystem?: string; readonly generator?: string; readonly witness?: string }
}

/** A profile with the folder that its paths start from. */
export interface LocatedProfile {
  readonly profile: Profile
  readonly folder: string
  /** For messages: the file's path, or `profile`. */
  readonly name: string
}

const requiredText = ['channel', 'mspId', 'gateway', 'certificate', 'privateKey'] as const
const optionalText = ['tlsRoots', 'tlsName'] as const
const known = new Set<string>([
  'kind',
  'version',
  ...requiredText,
  ...optionalText,
  'organizations',
  'chaincodes',
  'defaults',
])

/**
 * Reads a profile and checks it field by field.
 *
 * @param source - the path of a profile file, or a profile whose paths start from the working directory.
 * @throws {ConnectError} `PROFILE_NOT_FOUND`, `PROFILE_INVALID` (the message names the field).
 */
export async function loadProfile(source: string | Profile): Promise<LocatedProfile> {
  if (typeof source !== 'string')
    return { profile: checkProfile(source, 'profile'), folder: process.cwd(), name: 'profile' }
  const path = resolve(source)
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (cause) {
    throw new ConnectError('PROFILE_NOT_FOUND', 'connect', `Can't read the profile ${path}: ${reasonOf(cause)}`, {
      cause,
    })
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new ConnectError('PROFILE_INVALID', 'connect', `${path} is not JSON: ${reasonOf(cause)}`, { cause })
  }
  return { profile: checkProfile(value, path), folder: dirname(path), name: path }
}

/** The fields that name a PEM file or hold its text, and what is said where it can't be read. */
const pemFields = {
  certificate: 'CERTIFICATE_NOT_FOUND',
  privateKey: 'PRIVATE_KEY_NOT_FOUND',
  tlsRoots: 'TLS_ROOTS_NOT_FOUND',
} as const

/**
 * Reads what a profile names by a path or holds as PEM text itself.
 *
 * @throws {ConnectError} `CERTIFICATE_NOT_FOUND`, `PRIVATE_KEY_NOT_FOUND`, `TLS_ROOTS_NOT_FOUND`
 */
export async function readPem(located: LocatedProfile, field: keyof typeof pemFields): Promise<string> {
  const value = located.profile[field] ?? ''
  if (value.includes('-----BEGIN')) return value
  try {
    return await readFile(resolve(located.folder, value), 'utf8')
  } catch (cause) {
    const message = `${located.name}: can't read "${field}": ${reasonOf(cause)}`
    throw new ConnectError(pemFields[field], 'connect', message, { cause })
  }
}

function checkProfile(value: unknown, name: string): Profile {
  const fail = (message: string): never => {
    throw new ConnectError('PROFILE_INVALID', 'connect', `${name}: ${message}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail('must be a JSON object')
  const fields = value as Record<string, unknown>
  if (fields['kind'] !== 'caizheng-profile') fail(`"kind" must be "caizheng-profile", not ${show(fields['kind'])}`)
  if (fields['version'] !== 1)
    fail(`"version" must be 1, not ${show(fields['version'])}; a newer profile needs a newer client`)
  for (const key of Object.keys(fields)) {
    if (!known.has(key)) fail(`has an unknown field "${key}"; known are ${[...known].join(', ')}`)
  }
  for (const key of requiredText) {
    if (typeof fields[key] !== 'string' || fields[key] === '') fail(`"${key}" must be a text, not ${show(fields[key])}`)
  }
  for (const key of optionalText) {
    const field = fields[key]
    if (field !== undefined && (typeof field !== 'string' || field === ''))
      fail(`"${key}" must be a text, not ${show(field)}`)
  }
  checkOrganizations(fields['organizations'], fail)
  checkTexts(fields['chaincodes'], 'chaincodes', ['evidence'], fail)
  const { provenance, ...defaults } = objectOr(fields['defaults'], 'defaults', fail)
  checkTexts(defaults, 'defaults', ['issuer', 'provenance'], fail)
  checkTexts(provenance, 'defaults.provenance', ['sourceSystem', 'generator', 'witness'], fail)
  const profile = value as Profile
  const address = parseAddress(profile.gateway)
  if (address === undefined) return fail(`"gateway" must be host:port, not ${show(profile.gateway)}`)
  // Without TLS anyone on the way could read and change what is sent; the signatures only guard what is recorded.
  if (profile.tlsRoots === undefined && !isLoopback(address.host)) {
    fail(`"tlsRoots" is needed, because ${address.host} is another machine and the connection would be plain`)
  }
  return profile
}

function checkOrganizations(value: unknown, fail: (message: string) => never): void {
  if (!Array.isArray(value) || value.length === 0 || !value.every((item) => typeof item === 'string' && item !== '')) {
    fail(`"organizations" must list the MSP ids of the node organisations, not ${show(value)}`)
  }
  const repeated = (value as string[]).find((item, index, all) => all.indexOf(item) !== index)
  if (repeated !== undefined) fail(`"organizations" names ${repeated} twice`)
}

function checkTexts(value: unknown, name: string, allowed: readonly string[], fail: (message: string) => never): void {
  for (const [key, text] of Object.entries(objectOr(value, name, fail))) {
    if (!allowed.includes(key)) fail(`"${name}" has an unknown field "${key}"; known are ${allowed.join(', ')}`)
    if (typeof text !== 'string' || text === '') fail(`"${name}.${key}" must be a text, not ${show(text)}`)
  }
}

function objectOr(value: unknown, name: string, fail: (message: string) => never): Record<string, unknown> {
  if (value === undefined) return {}
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(`"${name}" must be an object`)
  return value as Record<string, unknown>
}

function show(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value)
}
