import {
  ApplicationPolicy,
  ChaincodeEndorsementInfo,
  ChaincodeValidationInfo,
  CollectionConfigPackage,
  compilePolicy,
  decodeLoose,
  parsePolicyExpression,
  PolicyError,
  StateData,
  StateMetadata,
  WireError,
  type ChannelConfig,
  type Evaluator,
  type StaticCollectionConfig,
  type Version,
} from '@caizheng/fabric-wire'
import type { ReplayedState } from '../state/state.js'

/** Where Fabric keeps chaincodes' definitions. */
export const LIFECYCLE = '_lifecycle'
const LIFECYCLE_POLICY = '/Channel/Application/LifecycleEndorsement'
const IMPLICIT = '_implicit_org_'
const NOTHING = new Uint8Array(0)
const NOBODY: Evaluator = { evaluate: () => false }

/** A chaincode as the channel has defined it. */
export interface Definition {
  readonly name: string
  /** It ends with the digest of the build, if its makers hold to that. */
  readonly version: string
  readonly sequence: number
  /** Where it was committed. */
  readonly committed: Version
  readonly policy: ApplicationPolicy
  readonly collections: readonly StaticCollectionConfig[]
}

/** The chaincodes' definitions in the replayed state, each read once. */
export class Definitions {
  readonly #known = new Map<string, Definition>()

  constructor(private readonly state: ReplayedState) {}

  /** The definition in force; undefined where there is none, or none that can be read. */
  find(name: string): Definition | undefined {
    const sequence = this.state.get(LIFECYCLE, field(name, 'Sequence'))
    if (sequence === undefined) return undefined
    const known = this.#known.get(name)
    if (known?.committed === sequence.version) return known
    const read = this.#read(name, sequence.value, sequence.version)
    if (read !== undefined) this.#known.set(name, read)
    return read
  }

  /** What endorsements in a namespace must meet; undefined where the channel has no such chaincode. */
  policy(config: ChannelConfig, namespace: string): Evaluator | undefined {
    if (namespace === LIFECYCLE) return config.policies.get(LIFECYCLE_POLICY)
    const definition = this.find(namespace)
    return definition && evaluator(config, definition.policy)
  }

  /** What endorsements of a collection's keys must meet; undefined where there is no such collection. */
  collectionPolicy(config: ChannelConfig, namespace: string, collection: string): Evaluator | undefined {
    if (collection.startsWith(IMPLICIT)) return organizationPolicy(config, collection.slice(IMPLICIT.length))
    const definition = this.find(namespace)
    const found = definition?.collections.find(({ name }) => name === collection)
    return definition && found && evaluator(config, found.endorsementPolicy ?? definition.policy)
  }

  #read(name: string, sequence: Uint8Array, committed: Version): Definition | undefined {
    const value = (key: string): Uint8Array => this.state.get(LIFECYCLE, key)?.value ?? NOTHING
    const content = (part: string): Uint8Array => decodeLoose(StateData, value(field(name, part))).bytes ?? NOTHING
    try {
      const { datatype } = decodeLoose(StateMetadata, value(`namespaces/metadata/${name}`))
      if (datatype !== 'ChaincodeDefinition') return undefined
      const { version } = decodeLoose(ChaincodeEndorsementInfo, content('EndorsementInfo'))
      const { validationParameter } = decodeLoose(ChaincodeValidationInfo, content('ValidationInfo'))
      const { config } = decodeLoose(CollectionConfigPackage, content('Collections'))
      return {
        name,
        version,
        sequence: Number(decodeLoose(StateData, sequence).int64 ?? 0),
        committed,
        policy: policyOf(validationParameter),
        collections: config.flatMap(({ staticCollectionConfig }) => staticCollectionConfig ?? []),
      }
    } catch (error) {
      if (error instanceof WireError) return undefined
      throw error
    }
  }
}

const field = (name: string, part: string): string => `namespaces/fields/${name}/${part}`

/** One that can't be read is a policy that nobody satisfies. */
function policyOf(bytes: Uint8Array): ApplicationPolicy {
  try {
    return decodeLoose(ApplicationPolicy, bytes)
  } catch {
    return decodeLoose(ApplicationPolicy, NOTHING)
  }
}

function evaluator(config: ChannelConfig, policy: ApplicationPolicy): Evaluator {
  try {
    return config.policies.application(policy)
  } catch (error) {
    if (error instanceof PolicyError) return NOBODY
    throw error
  }
}

/** An organisation that says nothing of endorsements lets any member of its endorse. */
function organizationPolicy(config: ChannelConfig, mspId: string): Evaluator | undefined {
  const organization = config.organizations.find(({ mspid }) => mspid === mspId)
  if (organization === undefined) return undefined
  const path = `/Channel/Application/${organization.name}/Endorsement`
  if (config.policies.paths.includes(path)) return config.policies.get(path)
  return compilePolicy(parsePolicyExpression(`OR('${mspId}.member')`))
}
