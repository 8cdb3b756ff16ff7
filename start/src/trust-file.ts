import { readFile, rename, writeFile } from 'node:fs/promises'
import {
  encodeTrust,
  openTrust,
  trustFrom,
  type TrustedDefinition,
  type TrustFile,
  type TrustOptions,
} from '@caizheng/evidence'
import { channelConfigOf } from '@caizheng/fabric-wire'
import type { CountyNetwork } from './county-network.js'

const validYears = 5

/** Who time-stamps evidence (RFC 3161). */
export interface TimeStampingAuthority {
  readonly url: string
  /** Its root certificate, PEM. */
  readonly root: string
}

/** The trust file in force, as bytes for a verifier and with the fingerprint that two people compare. */
export interface WrittenTrust {
  readonly path: string
  readonly bytes: Uint8Array
  readonly fingerprint: string
}

/**
 * Writes the file from which alone a verifier takes its trust: the CA certificates of the node organisations, the
 * network's identity, and the chaincode definitions whose answers count. It stays the same, and so does its
 * fingerprint, until a new chaincode is defined, or another time-stamping authority named; that then joins the old ones in the
 * next file.
 *
 * @param names of the chaincodes whose answers count
 * @param authority whose time-stamps are to count
 */
export async function writeTrustFile(
  path: string,
  network: CountyNetwork,
  names: readonly string[],
  authority?: TimeStampingAuthority,
): Promise<WrittenTrust> {
  const definitions = await Promise.all(names.map((name) => network.definitionOf(name)))
  const present = await readPresent(path, network.id)
  const old = present?.file
  const known = old?.chaincodes ?? []
  const file = trustFile(network, {
    chaincodes: [...known, ...definitions.filter((definition) => !known.some((each) => isSame(each, definition)))],
    number: (old?.number ?? 0) + 1,
    ...(authority && { timestamping: [{ name: nameOf(authority.url), roots: [authority.root] }] }),
  })
  const stamping = joined(old?.timestamping, file.timestamping)
  const current =
    present?.file.trial === true &&
    file.chaincodes.length === known.length &&
    stamping.length === (present.file.timestamping ?? []).length
  const bytes = current
    ? present.bytes
    : encodeTrust({ ...file, ...(stamping.length > 0 && { timestamping: stamping }) })
  await writeFile(`${path}.new`, bytes, { flush: true })
  await rename(`${path}.new`, path)
  return { path, bytes, fingerprint: openTrust(bytes).fingerprint }
}

/** Authorities whose roots stood there, and a new one. */
function joined(old: TrustFile['timestamping'] = [], more: TrustFile['timestamping'] = []) {
  const roots = new Set(old.flatMap((authority) => authority.roots))
  return [...old, ...more.filter((authority) => !authority.roots.some((root) => roots.has(root)))]
}

function nameOf(url: string): { zh: string; en: string } {
  const { host } = new URL(url)
  return { zh: `时间戳机构 ${host}`, en: `time-stamping authority ${host}` }
}

/** What an earlier start wrote; undefined where there is none, or none of this network. */
async function readPresent(path: string, network: string): Promise<{ bytes: Uint8Array; file: TrustFile } | undefined> {
  try {
    const bytes = await readFile(path)
    const { file } = openTrust(bytes)
    const lasts = Date.parse(file.validity.until) > Date.now()
    return file.network === network && lasts ? { bytes, file } : undefined
  } catch {
    return undefined
  }
}

type Changing = Pick<TrustOptions, 'chaincodes' | 'number' | 'timestamping'>

function trustFile(network: CountyNetwork, changing: Changing): TrustFile {
  const { definition, genesis } = network.consortium
  const from = new Date()
  const until = new Date(from)
  until.setUTCFullYear(from.getUTCFullYear() + validYears)
  return trustFrom(channelConfigOf(genesis), {
    network: network.id,
    organizations: definition.organizations.filter(({ peer }) => peer !== undefined),
    validity: { from, until },
    // Whichever the network, one person runs all of it here.
    trial: true,
    ...changing,
  })
}

function isSame(a: TrustedDefinition, b: TrustedDefinition): boolean {
  return (
    a.name === b.name &&
    a.version === b.version &&
    a.sequence === b.sequence &&
    a.committed.block === b.committed.block &&
    a.committed.transaction === b.committed.transaction
  )
}
