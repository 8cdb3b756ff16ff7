import { readFile, writeFile } from 'node:fs/promises'
import type { Profile } from '@caizheng/client-sdk'
import { nodeOrganizations, writeProfile } from '@caizheng/test-network'
import type { CountyNetwork } from './county-network.js'

/** What stands in every document of a system: stated once, so that a first call needs five lines. The code is no one's. */
const defaults = {
  issuer: '12331003000001011C',
  provenance: { sourceSystem: 'npm start', generator: 'a first trial' },
} satisfies Profile['defaults']

/**
 * Writes a profile for each department that runs a node: `finance.json`, `audit.json`, `construction.json`.
 *
 * @returns their paths by MSP id
 */
export async function writeProfiles(folder: string, network: CountyNetwork): Promise<Map<string, string>> {
  const paths = new Map<string, string>()
  for (const mspId of nodeOrganizations(network.consortium.definition)) {
    const gateway = network.peers.get(mspId)
    if (gateway === undefined) throw new Error(`${mspId} has no peer in this network`)
    const { tlsRoots: roots, tlsName: name } = network.connect(mspId)
    const tls = roots === undefined ? {} : { tls: { roots, ...(name !== undefined && { name }) } }
    const path = await writeProfile(folder, network.consortium, { mspId, gateway, ...tls })
    const profile = JSON.parse(await readFile(path, 'utf8')) as Profile
    await writeFile(path, `${JSON.stringify({ ...profile, defaults }, undefined, 2)}\n`)
    paths.set(mspId, path)
  }
  return paths
}
