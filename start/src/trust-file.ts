import { readFile, rename, writeFile } from 'node:fs/promises'
import { encodeTrust, openTrust, trustFrom, type TrustedDefinition, type TrustFile } from '@caizheng/evidence'
import { channelConfigOf } from '@caizheng/fabric-wire'
import type { CountyNetwork } from './county-network.js'

const validYears = 5

/** The trust file in force, as bytes for a verifier and with the fingerprint that two people compare. */
export interface WrittenTrust {
  readonly path: string
  readonly bytes: Uint8Array
  readonly fingerprint: string
}

/**
 * Writes the file from which alone a verifier takes its trust: the CA certificates of the node organisations, the
 * network's identity, and the chaincode definitions whose answers count. It stays the same, and so does its
 * fingerprint, until a new chaincode is defined; then the new definition joins the old ones in the next file.
 *
 * @param names of the chaincodes whose answers count
 */
export async function writeTrustFile(
  path: string,
  network: CountyNetwork,
  names: readonly string[],
): Promise<WrittenTrust> {
  const definitions = await Promise.all(names.map((name) => network.definitionOf(name)))
  const present = await readPresent(path, network.id)
  const known = present?.file.chaincodes ?? []
  const joining = definitions.filter((definition) => !known.some((one) => isSame(one, definition)))
  const current = present?.file.trial === true && joining.length === 0
  const bytes = current
    ? present.bytes
    : encodeTrust(trustFile(network, [...known, ...joining], (present?.file.number ?? 0) + 1))
  await writeFile(`${path}.new`, bytes, { flush: true })
  await rename(`${path}.new`, path)
  return { path, bytes, fingerprint: openTrust(bytes).fingerprint }
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

function trustFile(network: CountyNetwork, chaincodes: readonly TrustedDefinition[], number: number): TrustFile {
  const { definition, genesis } = network.consortium
  const from = new Date()
  const until = new Date(from)
  until.setUTCFullYear(from.getUTCFullYear() + validYears)
  return trustFrom(channelConfigOf(genesis), {
    network: network.id,
    organizations: definition.organizations.filter(({ peer }) => peer !== undefined),
    chaincodes,
    validity: { from, until },
    // Whichever the network, one person runs all of it here.
    trial: true,
    number,
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
