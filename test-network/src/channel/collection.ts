import {
  compilePolicy,
  decodeLoose,
  MSPRole,
  OrganizationUnit,
  rolePrincipal,
  PrincipalClassification,
  SerializedIdentity,
  type Identity,
  type MSPPrincipal,
  type SignaturePolicyEnvelope,
  type StaticCollectionConfig,
} from '@caizheng/fabric-wire'
import { NOBODY } from './key-policy.js'

/** A private data collection: what its definition says, ready to judge with. */
export interface Collection {
  readonly config: StaticCollectionConfig
  /** The MSP ids that its member policy names: whose peers keep the values. */
  readonly members: ReadonlySet<string>
  /** Whether an identity satisfies the member policy. */
  admits(identity: Identity): boolean
}

const IMPLICIT_PREFIX = '_implicit_org_'

/** The organisation whose implicit collection bears this name; undefined for a name of another kind. */
export function implicitOrganization(collection: string): string | undefined {
  return collection.startsWith(IMPLICIT_PREFIX) ? collection.slice(IMPLICIT_PREFIX.length) : undefined
}

/** The definition of an organisation's implicit collection, which every chaincode has without naming it. */
export function implicitCollection(mspId: string): StaticCollectionConfig {
  return {
    name: IMPLICIT_PREFIX + mspId,
    memberOrgsPolicy: { signaturePolicy: anyMember(mspId) },
    requiredPeerCount: 0,
    // Each organisation has one peer here, so that there is no other to send it to.
    maximumPeerCount: 0,
    blockToLive: 0,
    memberOnlyRead: false,
    memberOnlyWrite: false,
    endorsementPolicy: undefined,
  }
}

/** Built and not parsed: the name may be anything that a caller makes up. */
function anyMember(mspId: string): SignaturePolicyEnvelope {
  return {
    version: 0,
    rule: { signedBy: undefined, nOutOf: { n: 1, rules: [{ signedBy: 0, nOutOf: undefined }] } },
    identities: [rolePrincipal(mspId, 'member')],
  }
}

/** Reads a collection's definition. One without a member policy has no members. */
export function openCollection(config: StaticCollectionConfig): Collection {
  const policy = config.memberOrgsPolicy?.signaturePolicy
  const evaluator = policy ? compilePolicy(policy) : NOBODY
  return {
    config,
    members: new Set(policy?.identities.flatMap(organizationOf) ?? []),
    admits: (identity) => evaluator.evaluate([identity]),
  }
}

function organizationOf({ principalClassification, principal }: MSPPrincipal): string[] {
  switch (principalClassification) {
    case PrincipalClassification.ROLE:
      return [decodeLoose(MSPRole, principal).mspIdentifier]
    case PrincipalClassification.ORGANIZATION_UNIT:
      return [decodeLoose(OrganizationUnit, principal).mspIdentifier]
    case PrincipalClassification.IDENTITY:
      return [decodeLoose(SerializedIdentity, principal).mspid]
    default:
      return []
  }
}
