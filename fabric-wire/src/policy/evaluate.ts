import type { SignaturePolicy, SignaturePolicyEnvelope } from '../messages/index.js'
import type { Identity } from '../msp/index.js'
import { PolicyError } from './error.js'
import { compilePrincipal, type Predicate } from './principal.js'

/** A policy that can be asked whether these identities, whose signatures were verified, satisfy it. */
export interface Evaluator {
  evaluate(identities: readonly Identity[]): boolean
}

type Rule = (identities: readonly Identity[], used: boolean[]) => boolean

/**
 * Compiles a signature policy.
 *
 * @throws {PolicyError} `INVALID`
 * @throws {WireError} `MALFORMED` if a principal is
 */
export function compilePolicy(envelope: SignaturePolicyEnvelope): Evaluator {
  if (envelope.version !== 0) throw new PolicyError('INVALID', `a signature policy of version ${envelope.version}`)
  const rule = compileRule(envelope.rule, envelope.identities.map(compilePrincipal))
  return {
    evaluate(identities) {
      const distinct = distinctIdentities(identities)
      return rule(distinct, new Array<boolean>(distinct.length).fill(false))
    },
  }
}

/**
 * Fabric's own way, greedy: each rule takes the first identity that suits and is free, and all rules of a gate are tried,
 * satisfied or not. So a policy may fail that a cleverer assignment would satisfy, and a peer's verdict is reproduced.
 */
function compileRule(policy: SignaturePolicy | undefined, principals: readonly Predicate[]): Rule {
  const { signedBy, nOutOf } = policy ?? {}
  if (nOutOf !== undefined) {
    const rules = nOutOf.rules.map((rule) => compileRule(rule, principals))
    return (identities, used) => {
      let satisfied = 0
      for (const rule of rules) {
        const attempt = [...used]
        if (!rule(identities, attempt)) continue
        satisfied++
        attempt.forEach((taken, index) => (used[index] = taken))
      }
      return satisfied >= nOutOf.n
    }
  }
  if (signedBy === undefined) throw new PolicyError('INVALID', 'a rule that asks for nothing')
  const principal = principals[signedBy]
  if (principal === undefined) {
    throw new PolicyError('INVALID', `a rule names principal ${signedBy} of ${principals.length}`)
  }
  return (identities, used) => {
    const index = identities.findIndex((identity, i) => used[i] !== true && principal(identity))
    if (index < 0) return false
    used[index] = true
    return true
  }
}

/** Each identity once: nobody counts twice by signing twice. */
export function distinctIdentities(identities: readonly Identity[]): Identity[] {
  return [...new Map(identities.map((identity) => [identity.key, identity])).values()]
}

const compiled = new WeakMap<SignaturePolicyEnvelope, Evaluator>()

/**
 * Whether these identities satisfy a signature policy. Verify their signatures first.
 *
 * @throws {PolicyError} `INVALID`
 * @example evaluatePolicy(parsePolicyExpression("OutOf(2,'A.peer','B.peer','C.peer')"), endorsers)
 */
export function evaluatePolicy(envelope: SignaturePolicyEnvelope, identities: readonly Identity[]): boolean {
  let evaluator = compiled.get(envelope)
  if (evaluator === undefined) {
    evaluator = compilePolicy(envelope)
    compiled.set(envelope, evaluator)
  }
  return evaluator.evaluate(identities)
}
