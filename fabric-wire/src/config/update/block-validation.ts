import { decodeLoose, encode } from '../../codec/index.js'
import { quorumOf } from '../../block/index.js'
import { equalBytes } from '../../crypto/index.js'
import {
  PolicyType,
  PrincipalClassification,
  SerializedIdentity,
  SignaturePolicyEnvelope,
  SmartBFTOptions,
} from '../../messages/index.js'
import type { ChannelConfig } from '../channel-config.js'
import { ConfigError } from '../error.js'

const ROTATION_ON = 2

/**
 * What orderers ask of a configuration with BFT besides: the policy for blocks must be a quorum of just the consenters that
 * it names, in their order. Peers don't look.
 *
 * @throws {ConfigError} `INVALID_UPDATE`
 */
export function requireBlockValidation({ group, consenters, consensus }: ChannelConfig): void {
  const policy = group.groups.get('Orderer')?.policies.get('BlockValidation')?.policy
  if (!policy) refuse("block validation policy is not found in the policies of 'Orderer' group")
  const identities = consenters.map(({ mspId, identity }) => ({
    principalClassification: PrincipalClassification.IDENTITY,
    principal: encode(SerializedIdentity, { mspid: mspId, idBytes: identity }),
  }))
  const rules = identities.map((_, index) => ({ signedBy: index }))
  const expected = encode(SignaturePolicyEnvelope, {
    rule: { nOutOf: { n: quorumOf(consenters.length), rules } },
    identities,
  })
  if (policy.type !== PolicyType.SIGNATURE || !equalBytes(policy.value, expected)) {
    refuse('block validation policy should be a signature policy of a quorum of the consenters')
  }
  if (decodeLoose(SmartBFTOptions, consensus.metadata).leaderRotation === ROTATION_ON) {
    refuse('leader rotation must be turned off for this version or be unspecified')
  }
}

function refuse(reason: string): never {
  throw new ConfigError('INVALID_UPDATE', reason)
}
