import {
  bytes,
  embedded,
  enumeration,
  int32,
  message,
  optional,
  repeated,
  string,
  type Infer,
  type Message,
} from '../codec/index.js'
import { MSPPrincipal } from './identity.js'

/** Either `signedBy`, an index into the envelope's identities, or `nOutOf`. */
export interface SignaturePolicy {
  signedBy: number | undefined
  nOutOf: NOutOf | undefined
}

export interface NOutOf {
  n: number
  rules: SignaturePolicy[]
}

export const NOutOf: Message<NOutOf> = message('SignaturePolicy.NOutOf', {
  n: int32(1),
  rules: repeated(embedded(2, () => SignaturePolicy)),
})

export const SignaturePolicy: Message<SignaturePolicy> = message(
  'SignaturePolicy',
  { signedBy: optional(int32(1)), nOutOf: embedded(2, NOutOf) },
  ['signedBy', 'nOutOf'],
)

export const SignaturePolicyEnvelope = message('SignaturePolicyEnvelope', {
  version: int32(1),
  rule: embedded(2, SignaturePolicy),
  identities: repeated(embedded(3, MSPPrincipal)),
})
export type SignaturePolicyEnvelope = Infer<typeof SignaturePolicyEnvelope>

/** `Policy.type`: which message `value` holds. */
export const PolicyType = { UNKNOWN: 0, SIGNATURE: 1, MSP: 2, IMPLICIT_META: 3 } as const

export const Policy = message('Policy', { type: int32(1), value: bytes(2) })
export type Policy = Infer<typeof Policy>

/** `ImplicitMetaPolicy.rule`. */
export const ImplicitMetaRule = { ANY: 0, ALL: 1, MAJORITY: 2 } as const

export const ImplicitMetaPolicy = message('ImplicitMetaPolicy', { subPolicy: string(1), rule: enumeration(2) })
export type ImplicitMetaPolicy = Infer<typeof ImplicitMetaPolicy>

/** A chaincode's endorsement policy: its own, or the name of one in the channel's configuration. */
export const ApplicationPolicy = message(
  'ApplicationPolicy',
  {
    signaturePolicy: embedded(1, SignaturePolicyEnvelope),
    channelConfigPolicyReference: optional(string(2)),
  },
  ['signaturePolicy', 'channelConfigPolicyReference'],
)
export type ApplicationPolicy = Infer<typeof ApplicationPolicy>
