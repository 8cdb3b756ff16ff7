import { encode, parsePolicyExpression, SignaturePolicyEnvelope } from '@caizheng/fabric-wire'
import { policies, type PolicyName, type Step } from './program.js'

/** What a peer is sent: the arguments of `Run`, and what must not stand in a block. */
export interface Invocation {
  readonly args: Uint8Array[]
  readonly transient: ReadonlyMap<string, Uint8Array>
}

/** The call of the contract for these steps, with every key below `prefix`. */
export function invocationOf(prefix: string, steps: readonly Step[]): Invocation {
  const transient = new Map<string, Uint8Array>()
  const written = (step: Step): unknown => {
    switch (step[0]) {
      case 'call':
        return [step[0], step[1], step[2].map(written)]
      case 'putPrivate': {
        const name = `value-${String(transient.size)}`
        transient.set(name, Buffer.from(step[3]))
        return [step[0], step[1], step[2], name]
      }
      case 'setPolicy':
        return [step[0], step[1], policyBytes(step[2])]
      case 'setPrivatePolicy':
        return [step[0], step[1], step[2], policyBytes(step[3])]
      default:
        return step
    }
  }
  const program = JSON.stringify(steps.map(written))
  return { args: ['Run', prefix, program].map((arg) => Buffer.from(arg)), transient }
}

/** The policy as a key carries it, in base 64. */
export function policyBytes(name: PolicyName): string {
  if (name === 'none') return ''
  return Buffer.from(encode(SignaturePolicyEnvelope, parsePolicyExpression(policies[name]))).toString('base64')
}
