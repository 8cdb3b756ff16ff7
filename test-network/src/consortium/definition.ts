/** Where a node listens, as the other nodes are told in the channel's configuration. */
export interface Address {
  /** A host name or an IP address. */
  readonly host: string
  /** 1 to 65535. */
  readonly port: number
}

/** An organisation that uses the channel: with a node (a peer) of its own, or without. */
export interface OrganizationDefinition {
  /** Its name in identities and policies, such as `FinanceMSP`. */
  readonly mspId: string
  /** Its name on pages and in reports. Not part of the channel: it may change freely. */
  readonly name: { readonly zh: string; readonly en: string }
  /** The DNS domain of its certificates, such as `finance.fiscal.test`. */
  readonly domain: string
  /** Its peer; absent for an organisation without a node, which submits through another's. */
  readonly peer?: Address
}

/** An organisation that runs ordering nodes. */
export type OrdererOrganizationDefinition = Omit<OrganizationDefinition, 'peer'>

/** One ordering node of the Byzantine fault tolerant consensus. */
export interface ConsenterDefinition extends Address {
  /** 1 to 65535, unique; block signatures name it. */
  readonly id: number
  /** The orderer organisation that runs it. */
  readonly mspId: string
}

/** When the ordering service cuts a block. */
export interface BatchDefinition {
  /** Transactions in a block, at most. */
  readonly maxMessages: number
  /** Bytes in a block, at most; a larger transaction is refused. */
  readonly absoluteMaxBytes: number
  /** Bytes after which a block is cut. */
  readonly preferredMaxBytes: number
  /** Milliseconds that a transaction waits for others, at most. */
  readonly intervalMs: number
}

/**
 * A consortium: who takes part in the channel, and on what terms. The same definition starts the embedded network and
 * real Fabric. The organisations that have a peer are the node organisations: together, by name, they administer the
 * channel and agree on its chaincodes.
 */
export interface ConsortiumDefinition {
  /** The channel's name: lower-case letters, digits, dots and hyphens. */
  readonly channel: string
  readonly organizations: readonly OrganizationDefinition[]
  readonly ordererOrganizations: readonly OrdererOrganizationDefinition[]
  /** Four or more: four tolerate one that fails or lies, seven tolerate two. */
  readonly consenters: readonly ConsenterDefinition[]
  readonly batch: BatchDefinition
  /** For how many years certificates are valid: of the certificate authorities, and of what they issue. */
  readonly validity: { readonly authorityYears: number; readonly identityYears: number }
  /** Fabric's access control list, from resource to policy; what it doesn't name keeps Fabric's defaults. */
  readonly accessControl?: Readonly<Record<string, string>>
}

/** The MSP ids of the organisations that run a node, in the definition's order. */
export function nodeOrganizations(definition: ConsortiumDefinition): string[] {
  return definition.organizations.filter(({ peer }) => peer !== undefined).map(({ mspId }) => mspId)
}

/** The MSP ids of the organisations that run none. */
export function organizationsWithoutNode(definition: ConsortiumDefinition): string[] {
  return definition.organizations.filter(({ peer }) => peer === undefined).map(({ mspId }) => mspId)
}
