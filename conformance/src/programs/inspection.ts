import type { ProgramTransaction, Step } from './program.js'
import { guardedKeys, namespaces, plainKeys } from './vocabulary.js'

/**
 * Questions that bring all that a program can have left to light: to every peer, for each chaincode the public state with
 * versions and policies, and for each collection the hashes; and to each peer by itself the values that it keeps.
 */
export function inspection(organizations: readonly string[]): ProgramTransaction[] {
  return Object.entries(namespaces).flatMap(([chaincode, collections]) => {
    const ask = (endorsers: readonly string[], steps: Step[]): ProgramTransaction => {
      return { creator: 'FinanceMSP', chaincode, endorsers, steps }
    }
    const hashes = collections.flatMap((collection): Step[] => [
      ...[...plainKeys, ...guardedKeys].map((key): Step => ['getHash', collection, key]),
      ...guardedKeys.map((key): Step => ['getPrivatePolicy', collection, key]),
    ])
    const known = ask(organizations, [
      ['range', '', ''],
      ...guardedKeys.map((key): Step => ['getPolicy', key]),
      ...hashes,
    ])
    const kept = collections.map((collection): Step => ['rangePrivate', collection, '', ''])
    return kept.length === 0 ? [known] : [known, ...organizations.map((one) => ask([one], kept))]
  })
}
