import * as z from 'zod/mini'
import { canonicalize, parseCanonical, type CanonicalValue } from '../canonical/index.js'
import { contractErrors, isContractErrorCode, type ContractErrorCode } from './codes.js'

/** A contract's refusal as it travels: the error's whole text is this object in canonical JSON. */
export interface ContractFault {
  readonly code: ContractErrorCode
  /** One English sentence, the one of {@link contractErrors}; show `contractErrors[code].zh` to Chinese readers. */
  readonly message: string
  /** What this refusal is about; its fields depend on the code. */
  readonly details: { readonly [name: string]: CanonicalValue }
}

const Fault = z.strictObject({
  code: z.string().check(z.refine(isContractErrorCode)),
  message: z.string(),
  details: z.record(z.string(), z.unknown()),
})

/**
 * The text that a contract throws.
 *
 * @example
 * ```ts
 * formatContractFault('ANCHOR_NOT_FOUND', { id }) // '{"code":"ANCHOR_NOT_FOUND","details":{"id":"…"},"message":"…"}'
 * ```
 */
export function formatContractFault(code: ContractErrorCode, details: ContractFault['details'] = {}): string {
  return canonicalize({ code, message: contractErrors[code].en, details })
}

// The peer puts its own words before a chaincode's message.
const PEER_PREFIX = /^chaincode response \d+, /

/**
 * Reads a contract's refusal out of the message that reaches a client, with or without the peer's prefix.
 *
 * @returns `undefined` where the message is no coded refusal: Fabric's own error, or a code of a newer chaincode.
 */
export function parseContractFault(message: string): ContractFault | undefined {
  try {
    const result = z.safeParse(Fault, parseCanonical(message.replace(PEER_PREFIX, '')))
    return result.success ? (result.data as ContractFault) : undefined
  } catch {
    return undefined
  }
}
