import { compilePolicy, decodeLoose, SignaturePolicyEnvelope, type Evaluator } from '@caizheng/fabric-wire'

/** A policy that always says no: what one that can't be read amounts to. */
export const NOBODY: Evaluator = { evaluate: () => false }

/** Reads the endorsement policy that a key's metadata holds. */
export function signaturePolicy(serialized: Uint8Array): Evaluator {
  try {
    return compilePolicy(decodeLoose(SignaturePolicyEnvelope, serialized))
  } catch {
    return NOBODY
  }
}
