import { chaincodeBundle, type ChaincodeName } from './bundles.js'
import { ACCOUNTS } from './state/collections.js'

const departments = ['FinanceMSP', 'AuditMSP', 'ConstructionMSP'] as const
/** Those who pay, and those who run the works. */
const payers = ['FinanceMSP', 'ConstructionMSP'] as const
const peers = (of: readonly string[]): string => of.map((msp) => `'${msp}.peer'`).join(',')

/** Who must endorse each chaincode's writes. Why: `docs/decisions/0010-organisations-and-roles.md`. */
const policies: Readonly<Record<ChaincodeName, string>> = {
  evidence: `OutOf(2,${peers(departments)})`,
  charter: `AND(${peers(departments)})`,
  payment: `AND(${peers(payers)})`,
}

/** A collection of private data, with the fields of Fabric's `--collections-config`. */
export interface CollectionDefinition {
  readonly name: string
  readonly policy: string
  readonly requiredPeerCount: number
  readonly maxPeerCount: number
}

/** Account numbers: with those who pay and those who run the works. A number is with both before it is endorsed. */
const accounts: CollectionDefinition = {
  name: ACCOUNTS,
  policy: `OR(${peers(payers)})`,
  requiredPeerCount: 1,
  maxPeerCount: 1,
}

/** A chaincode as a channel defines it, in the fields that both networks take. */
export interface ChaincodeDefinition {
  readonly name: ChaincodeName
  readonly version: string
  /** A policy expression. */
  readonly endorsementPolicy: string
  readonly collections: readonly CollectionDefinition[]
  readonly program: { readonly module: string }
}

/**
 * How a county defines one of the chaincodes: its build, who must endorse it, its private collections.
 *
 * @throws {Error} where the bundle has not been made
 * @example
 * ```ts
 * await startTestNetwork({ chaincodes: chaincodeNames.map(chaincodeDefinition) })
 * ```
 */
export function chaincodeDefinition(name: ChaincodeName): ChaincodeDefinition {
  const { path: module, version } = chaincodeBundle(name)
  const collections = name === 'payment' ? [accounts] : []
  return { name, version, endorsementPolicy: policies[name], collections, program: { module } }
}
