import {
  decodeLoose,
  identify,
  MSPRole,
  OrganizationUnit,
  PrincipalClassification,
  type ChannelConfig,
  type MSPPrincipal,
  type SignaturePolicy,
  type StaticCollectionConfig,
} from '@caizheng/fabric-wire'
import type { CommittedDefinition } from '../consortium/index.js'
import type { Definition } from './definition.js'

const SYSTEM_CHAINCODES: readonly string[] = ['cscc', 'escc', 'lscc', 'qscc', 'vscc']

/**
 * Checks a definition before it is approved or committed.
 * @throws Error in a peer's words
 */
export function validateDefinition(
  { name, version, collections }: Definition,
  config: ChannelConfig,
  committed: CommittedDefinition | undefined,
): void {
  if (!/^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/.test(name)) {
    throw new Error(
      `invalid chaincode name '${name}'. Names can only consist of alphanumerics, '_', and '-' and can only begin with alphanumerics`,
    )
  }
  if (SYSTEM_CHAINCODES.includes(name)) throw new Error(`chaincode name '${name}' is the name of a system chaincode`)
  if (!/^[A-Za-z0-9_.+-]+$/.test(version)) {
    throw new Error(
      `invalid chaincode version '${version}'. Versions can only consist of alphanumerics, '_', '-', '+', and '.'`,
    )
  }
  const asked = (collections?.config ?? []).map(({ staticCollectionConfig }) => {
    if (staticCollectionConfig) return staticCollectionConfig
    throw new Error('collection config contains unexpected payload type: <nil>')
  })
  const names = new Set<string>()
  for (const collection of asked) {
    validateCollection(collection, names, config)
    names.add(collection.name)
  }
  keepsCollections(asked, committed?.collections ?? [])
}

function validateCollection(
  collection: StaticCollectionConfig,
  earlier: ReadonlySet<string>,
  config: ChannelConfig,
): void {
  const { name, maximumPeerCount, requiredPeerCount, memberOrgsPolicy } = collection
  if (!/^[A-Za-z0-9-][A-Za-z0-9_-]*$/.test(name)) {
    throw new Error(
      `invalid collection name '${name}'. Names can only consist of alphanumerics, '_', and '-' and cannot begin with '_'`,
    )
  }
  if (earlier.has(name)) throw new Error(`collection-name: ${name} -- found duplicate in collection configuration`)
  if (maximumPeerCount < requiredPeerCount) {
    throw new Error(
      `collection-name: ${name} -- maximum peer count (${String(maximumPeerCount)}) cannot be less than the required peer count (${String(requiredPeerCount)})`,
    )
  }
  if (requiredPeerCount < 0) {
    throw new Error(
      `collection-name: ${name} -- requiredPeerCount (${String(requiredPeerCount)}) cannot be less than zero`,
    )
  }
  if (!memberOrgsPolicy) throw new Error(`collection member policy is not set for collection '${name}'`)
  const policy = memberOrgsPolicy.signaturePolicy
  if (!policy) throw new Error(`collection member org policy is empty for collection '${name}'`)
  requireUnion(policy.rule, name)
  for (const principal of policy.identities) requireMember(principal, name, config)
}

/** A collection has members, and not so many of them. */
function requireUnion(rule: SignaturePolicy | undefined, name: string): void {
  if (!rule?.nOutOf) return
  if (rule.nOutOf.n !== 1) {
    throw new Error(
      `collection-name: ${name} -- error in member org policy: signature policy is not an OR concatenation, NOutOf ${String(rule.nOutOf.n)}`,
    )
  }
  for (const inner of rule.nOutOf.rules) requireUnion(inner, name)
}

function requireMember(
  { principalClassification, principal }: MSPPrincipal,
  name: string,
  { msps }: ChannelConfig,
): void {
  const requireOrganization = (mspId: string): void => {
    if (msps.has(mspId)) return
    throw new Error(`collection-name: ${name} -- collection member '${mspId}' is not part of the channel`)
  }
  switch (principalClassification) {
    case PrincipalClassification.ROLE:
      requireOrganization(decodeLoose(MSPRole, principal).mspIdentifier)
      return
    case PrincipalClassification.ORGANIZATION_UNIT:
      requireOrganization(decodeLoose(OrganizationUnit, principal).mspIdentifier)
      return
    case PrincipalClassification.IDENTITY:
      try {
        identify(msps, principal)
        return
      } catch {
        throw new Error(`collection-name: ${name} -- contains an identity that is not part of the channel`)
      }
    default:
      throw new Error(`collection-name: ${name} -- principal type ${String(principalClassification)} is not supported`)
  }
}

/** A collection that is there stays, and so does the lifetime of its values. */
function keepsCollections(asked: readonly StaticCollectionConfig[], present: readonly StaticCollectionConfig[]): void {
  if (present.length > 0 && asked.length === 0) {
    throw new Error('the proposed collection config does not contain previously defined collections')
  }
  for (const { name, blockToLive } of present) {
    const next = asked.findLast((collection) => collection.name === name)
    if (!next) throw new Error(`existing collection [${name}] missing in the proposed collection configuration`)
    if (next.blockToLive !== blockToLive) {
      throw new Error(
        `the BlockToLive in an existing collection [${name}] modified. Existing value [${String(blockToLive)}]`,
      )
    }
  }
}
