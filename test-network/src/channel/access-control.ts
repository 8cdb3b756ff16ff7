import type { ChannelConfig } from '@caizheng/fabric-wire'

const [READERS, WRITERS] = ['/Channel/Application/Readers', '/Channel/Application/Writers']

/** What may be done on a channel, and which policy asks for leave where the configuration names no other: Fabric's. */
const DEFAULTS = {
  'peer/Propose': WRITERS,
  'peer/ChaincodeToChaincode': WRITERS,
  '_lifecycle/CheckCommitReadiness': WRITERS,
  '_lifecycle/CommitChaincodeDefinition': WRITERS,
  '_lifecycle/QueryChaincodeDefinition': WRITERS,
  '_lifecycle/QueryChaincodeDefinitions': WRITERS,
  'qscc/GetChainInfo': READERS,
  'qscc/GetBlockByNumber': READERS,
  'qscc/GetBlockByHash': READERS,
  'qscc/GetTransactionByID': READERS,
  'qscc/GetBlockByTxID': READERS,
  'cscc/GetConfigBlock': READERS,
  'cscc/GetChannelConfig': READERS,
  'event/Block': READERS,
  'event/FilteredBlock': READERS,
  'gateway/CommitStatus': READERS,
  'gateway/ChaincodeEvents': READERS,
} as const

/** A name of Fabric's access control lists. */
export type Resource = keyof typeof DEFAULTS

/** The path of the policy that guards a resource: the configuration's, or Fabric's default. */
export function policyFor({ accessControl }: ChannelConfig, resource: Resource): string {
  return accessControl.get(resource) ?? DEFAULTS[resource]
}

export const isResource = (name: string): name is Resource => Object.hasOwn(DEFAULTS, name)
