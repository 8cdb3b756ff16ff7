import {
  ApplicationPolicy,
  encode,
  parsePolicyExpression,
  type CollectionConfigPackage,
  type Init,
  type SignaturePolicy,
  type SignaturePolicyEnvelope,
  type StaticCollectionConfig,
} from '@caizheng/fabric-wire'
import { ConsortiumError } from './errors.js'

/** The policy that a chaincode gets when it names none: Fabric's own default. */
export const DEFAULT_ENDORSEMENT_POLICY = '/Channel/Application/Endorsement'

/** What the organisations agree on before a chaincode may run: the input of Fabric's `approve` and `commit`. */
export interface ChaincodeSpecification {
  /** Letters and digits, with single hyphens or underscores between them. */
  readonly name: string
  /**
   * Letters, digits, `_`, `.`, `+` and `-`; best with the digest of the bundle, for nothing else in a definition
   * binds the code.
   */
  readonly version: string
  /** 1 for the first definition of this name, one more for each that follows. */
  readonly sequence: number
  /**
   * An expression such as `OutOf(2,'FinanceMSP.peer','AuditMSP.peer','ConstructionMSP.peer')`, or the path of a
   * policy of the channel.
   */
  readonly endorsementPolicy?: string
  readonly initRequired?: boolean
  readonly collections?: readonly CollectionSpecification[]
}

/** A private data collection, with the fields of the file that Fabric's `--collections-config` takes. */
export interface CollectionSpecification {
  readonly name: string
  /** The members: an OR, such as `OR('FinanceMSP.member','AuditMSP.member')`. */
  readonly policy: string
  /** How many other peers must have the data before the endorsement is given; default 0. */
  readonly requiredPeerCount?: number
  /** How many other peers it is sent to; default 1. */
  readonly maxPeerCount?: number
  /** After how many blocks the data is purged; default 0, never. */
  readonly blockToLive?: number
  readonly memberOnlyRead?: boolean
  readonly memberOnlyWrite?: boolean
  /** As of a chaincode; for the keys of this collection alone. */
  readonly endorsementPolicy?: string
}

/**
 * Checks what `_lifecycle` checks before it accepts a definition.
 *
 * @throws ConsortiumError LIFECYCLE_INVALID
 */
export function validateSpecification({ name, version, sequence, collections = [] }: ChaincodeSpecification): void {
  check(
    /^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/.test(name),
    'name',
    'must be letters and digits, with single - or _ between them',
  )
  check(!['cscc', 'escc', 'lscc', 'qscc', 'vscc'].includes(name), 'name', `${name} is a system chaincode`)
  check(/^[A-Za-z0-9_.+-]+$/.test(version), 'version', 'must be letters, digits, _, -, + and .')
  check(Number.isSafeInteger(sequence) && sequence >= 1, 'sequence', 'must be a whole number from 1')
  const seen = new Set<string>()
  for (const collection of collections) {
    const path = `collections['${collection.name}']`
    check(
      /^[A-Za-z0-9-][A-Za-z0-9_-]*$/.test(collection.name),
      `${path}.name`,
      'must be letters, digits, - and _, and not begin with _',
    )
    check(!seen.has(collection.name), `${path}.name`, 'is given twice')
    seen.add(collection.name)
    const { requiredPeerCount = 0, maxPeerCount = 1 } = collection
    check(
      requiredPeerCount >= 0 && requiredPeerCount <= maxPeerCount,
      `${path}.requiredPeerCount`,
      'must be from 0 to maxPeerCount',
    )
  }
}

/** The serialized `ApplicationPolicy` of an expression, or of the path of one of the channel's policies. */
export const applicationPolicy = (policy = DEFAULT_ENDORSEMENT_POLICY, path = 'endorsementPolicy'): Uint8Array =>
  encode(ApplicationPolicy, applicationPolicyOf(policy, path))

/** The collections as a definition holds them. */
export function collectionPackage(collections: readonly CollectionSpecification[]): Init<CollectionConfigPackage> {
  return { config: collections.map((it) => ({ staticCollectionConfig: staticCollection(it) })) }
}

function staticCollection(collection: CollectionSpecification): Init<StaticCollectionConfig> {
  const { name, policy, endorsementPolicy } = collection
  const path = `collections['${name}']`
  const members = parse(policy, `${path}.policy`)
  check(isUnion(members.rule), `${path}.policy`, 'must be an OR: a collection has members, not a majority of them')
  return {
    name,
    memberOrgsPolicy: { signaturePolicy: members },
    requiredPeerCount: collection.requiredPeerCount ?? 0,
    maximumPeerCount: collection.maxPeerCount ?? 1,
    blockToLive: collection.blockToLive ?? 0,
    memberOnlyRead: collection.memberOnlyRead ?? false,
    memberOnlyWrite: collection.memberOnlyWrite ?? false,
    ...(endorsementPolicy !== undefined && {
      endorsementPolicy: applicationPolicyOf(endorsementPolicy, `${path}.endorsementPolicy`),
    }),
  }
}

function applicationPolicyOf(policy: string, path: string): Init<ApplicationPolicy> {
  return policy.startsWith('/') ? { channelConfigPolicyReference: policy } : { signaturePolicy: parse(policy, path) }
}

function parse(expression: string, path: string): SignaturePolicyEnvelope {
  try {
    return parsePolicyExpression(expression)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ConsortiumError('LIFECYCLE_INVALID', reason, path, { cause })
  }
}

function isUnion(rule: SignaturePolicy | undefined): boolean {
  if (rule?.nOutOf) return rule.nOutOf.n === 1 && rule.nOutOf.rules.every(isUnion)
  return rule?.signedBy !== undefined
}

function check(holds: boolean, path: string, message: string): void {
  if (!holds) throw new ConsortiumError('LIFECYCLE_INVALID', message, path)
}
