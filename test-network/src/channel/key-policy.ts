import { compilePolicy, decodeLoose, SignaturePolicyEnvelope, type Evaluator } from '@caizheng/fabric-wire'

/** A policy that always says no: what a key's policy that can't be read amounts to, for its key can't be written. */
const NOBODY: Evaluator = { evaluate: () => false }

/** Reads the endorsement policy that a key's metadata holds. */
export function signaturePolicy(serialized: Uint8Array): Evaluator {
  try {
    return compilePolicy(decodeLoose(SignaturePolicyEnvelope, serialized))
  } catch {
    return NOBODY
  }
}
