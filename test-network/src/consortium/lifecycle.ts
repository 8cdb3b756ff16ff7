import {
  ApplicationPolicy,
  ChaincodeEndorsementInfo,
  ChaincodeValidationInfo,
  CollectionConfigPackage,
  decode,
  decodeLoose,
  StateData,
  StateMetadata,
  type StaticCollectionConfig,
} from '@caizheng/fabric-wire'
import { ConsortiumError } from './errors.js'

/** The namespace of the state in which Fabric keeps chaincode definitions. */
export const LIFECYCLE_NAMESPACE = '_lifecycle'

/** The fields of a definition, in the order that Fabric declares and records them. */
const FIELDS = ['Sequence', 'EndorsementInfo', 'ValidationInfo', 'Collections'] as const
const DATATYPE = 'ChaincodeDefinition'

/** A chaincode definition that the channel has committed. */
export interface CommittedDefinition {
  readonly name: string
  readonly version: string
  readonly sequence: number
  readonly initRequired: boolean
  readonly endorsementPlugin: string
  readonly validationPlugin: string
  readonly endorsementPolicy: ApplicationPolicy
  /** The same policy, serialized. */
  readonly validationParameter: Uint8Array
  readonly collections: readonly StaticCollectionConfig[]
}

/** The key that every endorsement of a chaincode reads: its version tells under which definition it ran. */
export const sequenceKey = (name: string): string => fieldKey(name, 'Sequence')

/** The key of a chaincode's private collections. */
export const collectionsKey = (name: string): string => fieldKey(name, 'Collections')

/** All keys of a chaincode's definition, ascending. */
export const lifecycleKeys = (name: string): string[] =>
  [...FIELDS.map((field) => fieldKey(name, field)), metadataKey(name)].sort()

/**
 * Reads a definition from the state.
 *
 * @param get - gives the value of a key of the namespace `_lifecycle`, or undefined
 * @returns undefined where the channel has no chaincode of this name
 * @throws ConsortiumError LIFECYCLE_INVALID where the state holds something else
 */
export async function readChaincodeDefinition(
  name: string,
  get: (key: string) => Promise<Uint8Array | undefined>,
): Promise<CommittedDefinition | undefined> {
  const stored = await get(metadataKey(name))
  if (!stored) return undefined
  const nothing = new Uint8Array(0)
  const [sequence = nothing, endorsement = nothing, validation = nothing, collections = nothing] = await Promise.all(
    FIELDS.map((field) => get(fieldKey(name, field))),
  )
  try {
    const { datatype } = decode(StateMetadata, stored)
    if (datatype !== DATATYPE) throw new TypeError(`the state holds a ${datatype}`)
    const content = (field: Uint8Array) => decode(StateData, field).bytes ?? nothing
    const { version, initRequired, endorsementPlugin } = decode(ChaincodeEndorsementInfo, content(endorsement))
    const { validationPlugin, validationParameter } = decode(ChaincodeValidationInfo, content(validation))
    return {
      name,
      version,
      sequence: decode(StateData, sequence).int64 ?? 0,
      initRequired,
      endorsementPlugin,
      validationPlugin,
      endorsementPolicy: policyOf(validationParameter),
      validationParameter,
      collections: decode(CollectionConfigPackage, content(collections)).config.flatMap(
        (it) => it.staticCollectionConfig ?? [],
      ),
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ConsortiumError('LIFECYCLE_INVALID', `The definition can't be read: ${reason}`, name, { cause })
  }
}

/**
 * A client encoded this one, by whatever library it has, and nobody looked at it before the commit: what can't be read
 * is a policy that nobody satisfies, and no reason to stop.
 */
function policyOf(validationParameter: Uint8Array): ApplicationPolicy {
  try {
    return decodeLoose(ApplicationPolicy, validationParameter)
  } catch {
    return decodeLoose(ApplicationPolicy, new Uint8Array())
  }
}

const metadataKey = (name: string): string => `namespaces/metadata/${name}`
const fieldKey = (name: string, field: (typeof FIELDS)[number]): string => `namespaces/fields/${name}/${field}`
