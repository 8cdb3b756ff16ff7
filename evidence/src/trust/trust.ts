import {
  createMsp,
  decode,
  encode,
  FabricMSPConfig,
  type BlockConsenter,
  type Certificate,
  type Msp,
} from '@caizheng/fabric-wire'
import { canonicalBytes } from '@caizheng/records'
import { EvidenceError, why } from '../fault.js'
import { fromBase64 } from '../format/base64.js'
import { conform, decodeCanonical, expectKind } from '../format/canonical.js'
import type { Text } from '../format/text.js'
import { isIssuedBy } from '../timestamp/chain.js'
import { checkSelfSigned, readAuthority } from './certificate.js'
import { readConsenters } from './consenters.js'
import { checkConsistency, checkSeparateAuthorities } from './consistency.js'
import { fingerprint } from './fingerprint.js'
import { TRUST_KIND, TRUST_VERSION, trustSchema, type TrustedOrganization, type TrustFile } from './schema.js'

/** Most bytes that are read as a trust file. */
export const MAX_TRUST_BYTES = 1024 * 1024

/** One organisation whose node may sign. */
export interface TrustedNodes {
  readonly mspId: string
  readonly name: Text
  readonly msp: Msp
  /** SHA-256 of certificates that were revoked. */
  readonly revoked: ReadonlySet<string>
  /** Of those, until when the key was surely in its owner's hands. */
  readonly revokedSince: ReadonlyMap<string, Date>
}

/** A time-stamping authority that is believed. */
export interface TrustedAuthority {
  readonly name: Text
  readonly roots: readonly Certificate[]
}

/** The orderers whose signatures count from one block on. */
export interface TrustedOrdering {
  readonly from: number
  readonly consenters: readonly BlockConsenter[]
}

/** A trust file, read and sound. Keep it to verify many documents: what it learns of certificates is kept with it. */
export interface Trust {
  readonly file: TrustFile
  /** For a person to compare with the one they were told. */
  readonly fingerprint: string
  /** By MSP id. */
  readonly organizations: ReadonlyMap<string, TrustedNodes>
  readonly timestamping: readonly TrustedAuthority[]
  /** Ascending by `from`. */
  readonly ordering: readonly TrustedOrdering[]
}

const opened = new WeakSet<object>()

/** True for what `openTrust` made, and for nothing that only looks like it. */
export function isTrust(value: unknown): value is Trust {
  return typeof value === 'object' && value !== null && opened.has(value)
}

/**
 * Reads a trust file. Whether it is in force at a given moment is for `verify`; whether it is the right one only a person
 * can say, by its fingerprint.
 *
 * @throws EvidenceError of a file (TOO_LARGE … SCHEMA) or with a code that begins with TRUST_
 * @example
 * const trust = openTrust(await readFile('huangyan.trust.json'))
 * console.log(trust.fingerprint)
 */
export function openTrust(bytes: Uint8Array): Trust {
  const value = decodeCanonical(bytes, MAX_TRUST_BYTES)
  expectKind(value, TRUST_KIND, TRUST_VERSION)
  const file = conform(trustSchema, value)
  checkConsistency(file)
  const timestamping = (file.timestamping ?? []).map(({ name, roots }) => ({ name, roots: roots.map(stampingRoot) }))
  // An organisation that stamps the time of its own signatures would vouch for itself.
  checkSeparateAuthorities(
    new Map([
      ...file.organizations.map((organization) => [organization.mspId, authoritiesOf(organization)] as const),
      ['time-stamping', timestamping.flatMap(({ roots }) => roots)],
    ]),
  )
  const trust: Trust = {
    file,
    fingerprint: fingerprint(bytes),
    organizations: new Map(file.organizations.map((organization) => [organization.mspId, nodesOf(organization)])),
    timestamping,
    ordering: (file.ordering ?? []).map(({ from, consenters }) => ({ from, consenters: readConsenters(consenters) })),
  }
  opened.add(trust)
  return trust
}

/**
 * The bytes of a trust file; reads them again, so that nothing is written that could not be opened.
 *
 * @throws EvidenceError as `openTrust` does
 */
export function encodeTrust(file: TrustFile): Uint8Array {
  const bytes = canonicalBytes(file)
  openTrust(bytes)
  return bytes
}

function authoritiesOf({ mspId, roots, intermediates }: TrustedOrganization) {
  const rootCertificates = roots.map((root) => readAuthority(mspId, root))
  for (const root of rootCertificates) checkSelfSigned(mspId, root)
  return [...rootCertificates, ...intermediates.map((certificate) => readAuthority(mspId, certificate))]
}

/** The NodeOU names that Fabric's tools write; a node's certificate must carry exactly one of the four. */
const NODE_OUS = {
  enable: true,
  clientOuIdentifier: { organizationalUnitIdentifier: 'client' },
  peerOuIdentifier: { organizationalUnitIdentifier: 'peer' },
  adminOuIdentifier: { organizationalUnitIdentifier: 'admin' },
  ordererOuIdentifier: { organizationalUnitIdentifier: 'orderer' },
}

function stampingRoot(der: string): Certificate {
  const root = readAuthority('time-stamping', der)
  if (!isIssuedBy(root, root)) {
    throw new EvidenceError('TRUST_CERTIFICATE', { mspId: 'time-stamping', why: 'not signed by itself' })
  }
  return root
}

function nodesOf({ mspId, name, roots, intermediates, revoked, revokedSince = [] }: TrustedOrganization): TrustedNodes {
  try {
    const config = decode(
      FabricMSPConfig,
      encode(FabricMSPConfig, {
        name: mspId,
        rootCerts: roots.map(fromBase64),
        intermediateCerts: intermediates.map(fromBase64),
        fabricNodeOus: NODE_OUS,
      }),
    )
    return {
      mspId,
      name,
      msp: createMsp(config),
      revoked: new Set(revoked),
      revokedSince: new Map(revokedSince.map(({ certificate, since }) => [certificate, new Date(since)])),
    }
  } catch (error) {
    throw new EvidenceError('TRUST_CERTIFICATE', { mspId, why: why(error) }, { cause: error })
  }
}
