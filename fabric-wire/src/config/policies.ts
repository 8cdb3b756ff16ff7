import { decodeLoose } from '../codec/index.js'
import {
  ImplicitMetaPolicy,
  ImplicitMetaRule,
  PolicyType,
  SignaturePolicyEnvelope,
  type ApplicationPolicy,
  type ConfigGroup,
  type Policy,
} from '../messages/index.js'
import type { Identity } from '../msp/index.js'
import { compilePolicy, PolicyError, type Evaluator } from '../policy/index.js'

/** A policy that can say why these identities don't satisfy it. */
interface Judge extends Evaluator {
  /** Fabric's words; asked only where `evaluate` says no. */
  refusal(identities: readonly Identity[]): string
}

const bySignatures = (evaluator: Evaluator): Judge => ({
  ...evaluator,
  refusal: () => 'signature set did not satisfy policy',
})

const NOBODY = bySignatures({ evaluate: () => false })

/** Compiles the policies of a group, after those of the groups below, which an implicit meta policy counts. */
function compileGroup(path: string, group: ConfigGroup, index: Map<string, Judge>): void {
  const children = [...group.groups].map(([name, child]) => {
    compileGroup(`${path}/${name}`, child, index)
    return `${path}/${name}`
  })
  for (const [name, { policy }] of group.policies) {
    index.set(`${path}/${name}`, compile(policy, `${path}/${name}`, children, index))
  }
}

function compile(
  policy: Policy | undefined,
  path: string,
  children: readonly string[],
  index: ReadonlyMap<string, Judge>,
): Judge {
  switch (policy?.type) {
    case PolicyType.SIGNATURE:
      return bySignatures(compilePolicy(decodeLoose(SignaturePolicyEnvelope, policy.value)))
    case PolicyType.IMPLICIT_META: {
      const { subPolicy, rule } = decodeLoose(ImplicitMetaPolicy, policy.value)
      // A group that has no policy of that name counts as one that is not satisfied.
      const parts = children.map((child) => index.get(`${child}/${subPolicy}`) ?? NOBODY)
      const threshold = thresholdOf(rule, parts.length)
      if (threshold === undefined) throw new PolicyError('INVALID', `${path} counts by rule ${rule}`)
      const satisfied = (identities: readonly Identity[]) => parts.filter((part) => part.evaluate(identities)).length
      return {
        evaluate: (identities) => satisfied(identities) >= threshold,
        refusal: (identities) =>
          `implicit policy evaluation failed - ${satisfied(identities)} sub-policies were satisfied, ` +
          `but this policy requires ${threshold} of the '${subPolicy}' sub-policies to be satisfied`,
      }
    }
    default:
      throw new PolicyError('INVALID', `${path} is a policy of type ${policy?.type ?? 'none'}`)
  }
}

function thresholdOf(rule: number, groups: number): number | undefined {
  if (groups === 0) return 0
  switch (rule) {
    case ImplicitMetaRule.ANY:
      return 1
    case ImplicitMetaRule.ALL:
      return groups
    case ImplicitMetaRule.MAJORITY:
      return Math.floor(groups / 2) + 1
    default:
      return undefined
  }
}

/** A channel's policies by their paths: `/Channel/Application/Writers`, or below the channel `Application/Writers`. */
export interface ChannelPolicies {
  readonly paths: readonly string[]
  /** @throws {PolicyError} `UNKNOWN_POLICY` */
  get(path: string): Evaluator
  /** Whether these identities, whose signatures were verified, satisfy the policy. @throws {PolicyError} `UNKNOWN_POLICY` */
  evaluate(path: string, identities: readonly Identity[]): boolean
  /**
   * Why these identities do not satisfy the policy, in Fabric's words; undefined where they do.
   *
   * @throws {PolicyError} `UNKNOWN_POLICY`
   */
  refusal(path: string, identities: readonly Identity[]): string | undefined
  /**
   * A chaincode's endorsement policy: its own or one of the channel's.
   *
   * @throws {PolicyError} `UNKNOWN_POLICY` or `INVALID`
   */
  application(policy: ApplicationPolicy): Evaluator
}

/** @throws {PolicyError} `INVALID` */
export function channelPolicies(root: ConfigGroup): ChannelPolicies {
  const index = new Map<string, Judge>()
  compileGroup('/Channel', root, index)
  // The same definition is asked for by each transaction.
  const compiled = new WeakMap<SignaturePolicyEnvelope, Evaluator>()
  const get = (path: string): Judge => {
    const found = index.get(path.startsWith('/') ? path : `/Channel/${path}`)
    if (found === undefined) throw new PolicyError('UNKNOWN_POLICY', `the channel has no policy ${path}`)
    return found
  }
  return {
    paths: [...index.keys()].sort(),
    get,
    evaluate: (path, identities) => get(path).evaluate(identities),
    refusal: (path, identities) => {
      const policy = get(path)
      return policy.evaluate(identities) ? undefined : policy.refusal(identities)
    },
    application: ({ signaturePolicy, channelConfigPolicyReference }) => {
      if (signaturePolicy !== undefined) {
        let evaluator = compiled.get(signaturePolicy)
        if (!evaluator) compiled.set(signaturePolicy, (evaluator = compilePolicy(signaturePolicy)))
        return evaluator
      }
      if (channelConfigPolicyReference !== undefined) return get(channelConfigPolicyReference)
      throw new PolicyError('INVALID', 'an endorsement policy that says nothing')
    },
  }
}
