import {
  ChaincodeEndorsementInfo,
  ChaincodeValidationInfo,
  CollectionConfigPackage,
  decodeLoose,
  encode,
  equalBytes,
  StateData,
  toHex,
  type ChaincodeDefinition,
} from '@caizheng/fabric-wire'
import {
  applicationPolicy,
  collectionPackage,
  validateSpecification,
  type ChaincodeSpecification,
} from '../consortium/index.js'
import { readField, type Structure } from './serializer.js'
import type { ReadableState } from './state.js'

/** What organisations approve and commit: `validationParameter` is an encoded `ApplicationPolicy`. */
export type Definition = ChaincodeDefinition

/** A definition without what its key says. */
export type Parameters = Omit<Definition, 'name' | 'sequence'>

/**
 * The definition as Fabric's own commands would ask for it.
 * @throws ConsortiumError LIFECYCLE_INVALID for a name, a version, a policy or a collection that `_lifecycle` refuses
 */
export function definitionOf(specification: ChaincodeSpecification): Definition {
  validateSpecification(specification)
  const { name, version, sequence, endorsementPolicy, initRequired = false, collections = [] } = specification
  const packaged = encode(CollectionConfigPackage, collectionPackage(collections))
  return {
    name,
    version,
    sequence,
    initRequired,
    endorsementPlugin: 'escc',
    validationPlugin: 'vscc',
    validationParameter: applicationPolicy(endorsementPolicy),
    collections: collections.length > 0 ? decodeLoose(CollectionConfigPackage, packaged) : undefined,
  }
}

/** What a definition leaves out is the channel's default. */
export function withDefaults(definition: Definition): Definition {
  const { endorsementPlugin, validationPlugin, validationParameter } = definition
  return {
    ...definition,
    endorsementPlugin: endorsementPlugin === '' ? 'escc' : endorsementPlugin,
    validationPlugin: validationPlugin === '' ? 'vscc' : validationPlugin,
    validationParameter: validationParameter.length === 0 ? applicationPolicy() : validationParameter,
  }
}

/** The name under which approvals of one sequence of a chaincode stand. */
export const approvalName = (chaincode: string, sequence: number): string => `${chaincode}#${String(sequence)}`

/** A definition as the public state holds it. */
export function definitionStructure(definition: Definition): Structure {
  const sequence = encode(StateData, { int64: definition.sequence })
  return { datatype: 'ChaincodeDefinition', fields: [['Sequence', sequence], ...parameterFields(definition)] }
}

/** A definition as an organisation approves it: without its sequence, which is part of the name. */
export function parametersStructure(definition: Definition): Structure {
  return { datatype: 'ChaincodeParameters', fields: parameterFields(definition) }
}

/** The package that an organisation runs for a sequence; '' for none. */
export function packageStructure(packageId: string): Structure {
  return { datatype: 'ChaincodeLocalPackage', fields: [['PackageID', encode(StateData, { string: packageId })]] }
}

/** Reads what `parametersStructure` wrote. */
export async function readParameters(state: ReadableState, key: string): Promise<Parameters> {
  const content = async (field: string): Promise<Uint8Array> =>
    (await readField(state, 'namespaces', key, field)).bytes ?? new Uint8Array()
  const { version, initRequired, endorsementPlugin } = decodeLoose(
    ChaincodeEndorsementInfo,
    await content('EndorsementInfo'),
  )
  const { validationPlugin, validationParameter } = decodeLoose(
    ChaincodeValidationInfo,
    await content('ValidationInfo'),
  )
  const collections = decodeLoose(CollectionConfigPackage, await content('Collections'))
  return { version, initRequired, endorsementPlugin, validationPlugin, validationParameter, collections }
}

/** In what the parameters asked for differ from those that are there, in a peer's words; undefined where they don't. */
export function difference(present: Parameters, asked: Parameters): string | undefined {
  const words = (field: string, a: string, b: string): string =>
    `expected ${field} '${a}' does not match passed ${field} '${b}'`
  for (const [field, a, b] of [
    ['Version', present.version, asked.version],
    ['EndorsementPlugin', present.endorsementPlugin, asked.endorsementPlugin],
    ['InitRequired', String(present.initRequired), String(asked.initRequired)],
    ['ValidationPlugin', present.validationPlugin, asked.validationPlugin],
    ['ValidationParameter', toHex(present.validationParameter), toHex(asked.validationParameter)],
  ] as const) {
    if (a !== b) return words(field, a, b)
  }
  if (!equalBytes(collectionBytes(present), collectionBytes(asked))) return 'Collections do not match'
  return undefined
}

function collectionBytes({ collections }: Parameters): Uint8Array {
  return encode(CollectionConfigPackage, collections ?? { config: [] })
}

function parameterFields(definition: Parameters): Structure['fields'] {
  const { version, initRequired, endorsementPlugin, validationPlugin, validationParameter } = definition
  const field = (bytes: Uint8Array): Uint8Array => encode(StateData, { bytes })
  return [
    ['EndorsementInfo', field(encode(ChaincodeEndorsementInfo, { version, initRequired, endorsementPlugin }))],
    ['ValidationInfo', field(encode(ChaincodeValidationInfo, { validationPlugin, validationParameter }))],
    ['Collections', field(collectionBytes(definition))],
  ]
}
