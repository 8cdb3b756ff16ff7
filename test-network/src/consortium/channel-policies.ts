import {
  encode,
  MSPRole,
  MSPRoleType,
  PolicyType,
  PrincipalClassification,
  SerializedIdentity,
  SignaturePolicyEnvelope,
  type MSPPrincipal,
  type Policy,
} from '@caizheng/fabric-wire'
import { nodeOrganizations, type ConsortiumDefinition } from './definition.js'
import type { ConsenterMaterial } from './material.js'

/** The policies of one group of the channel's configuration, by name. */
export type GroupPolicies = Readonly<Record<string, Policy>>

type Role = keyof typeof MSPRoleType
type Principal = readonly [mspId: string, role: Role]

/*
 * Signature policies that name organisations, nowhere ImplicitMeta ones that count them:
 * - Admins, Endorsement and LifecycleEndorsement need every node organisation. With MAJORITY two departments could
 *   replace the rules, or the third department's certificate authority; ALL would also count the organisations
 *   without a node.
 * - Readers and Writers are one flat OR: an ImplicitMeta ANY verifies the same signature again for each organisation.
 */

/** Policies of the whole channel. */
export function channelPolicies(definition: ConsortiumDefinition): GroupPolicies {
  const orderers = definition.ordererOrganizations.map(({ mspId }): Principal => [mspId, 'MEMBER'])
  return {
    Readers: anyOf([...readers(definition), ...orderers]),
    Writers: anyOf([...writers(definition), ...orderers]),
    Admins: everyNodeOrganization(definition, 'ADMIN'),
  }
}

/** Policies of the application: who may use the channel, who agrees on chaincodes. */
export function applicationPolicies(definition: ConsortiumDefinition): GroupPolicies {
  return {
    Readers: anyOf(readers(definition)),
    Writers: anyOf(writers(definition)),
    Admins: everyNodeOrganization(definition, 'ADMIN'),
    Endorsement: everyNodeOrganization(definition, 'PEER'),
    LifecycleEndorsement: everyNodeOrganization(definition, 'PEER'),
  }
}

/** Policies of the ordering service. */
export function ordererPolicies(
  definition: ConsortiumDefinition,
  consenters: readonly ConsenterMaterial[],
): GroupPolicies {
  const members = anyOf(definition.ordererOrganizations.map(({ mspId }) => [mspId, 'MEMBER']))
  return {
    Readers: members,
    Writers: members,
    Admins: everyNodeOrganization(definition, 'ADMIN'),
    BlockValidation: blockValidation(consenters),
  }
}

/** Policies within one organisation of the channel: over its own certificates and anchor peer. */
export function organizationPolicies(mspId: string, hasNode: boolean): GroupPolicies {
  return {
    Readers: anyOf([[mspId, 'MEMBER']]),
    Writers: anyOf(writersOf(mspId)),
    Admins: anyOf([[mspId, 'ADMIN']]),
    ...(hasNode && { Endorsement: anyOf([[mspId, 'PEER']]) }),
  }
}

/** Policies within one orderer organisation. */
export function ordererOrganizationPolicies(mspId: string): GroupPolicies {
  const members = anyOf([[mspId, 'MEMBER']])
  return { Readers: members, Writers: members, Admins: anyOf([[mspId, 'ADMIN']]) }
}

/**
 * How many of `n` consenters must sign a block: ceil((n + f + 1) / 2), where f = floor((n - 1) / 3) of them may lie.
 */
export const quorum = (n: number): number => Math.ceil((n + Math.floor((n - 1) / 3) + 1) / 2)

/** A quorum of these very consenters, by certificate: what Fabric's own tools write for a BFT channel. */
function blockValidation(consenters: readonly ConsenterMaterial[]): Policy {
  const identities = consenters.map(({ mspId, certificatePem }) => ({
    principalClassification: PrincipalClassification.IDENTITY,
    principal: encode(SerializedIdentity, { mspid: mspId, idBytes: Buffer.from(certificatePem) }),
  }))
  return signaturePolicy(quorum(consenters.length), identities)
}

const readers = (definition: ConsortiumDefinition): Principal[] =>
  definition.organizations.map(({ mspId }) => [mspId, 'MEMBER'])

const writers = (definition: ConsortiumDefinition): Principal[] =>
  definition.organizations.flatMap(({ mspId }) => writersOf(mspId))

const writersOf = (mspId: string): Principal[] => [
  [mspId, 'ADMIN'],
  [mspId, 'CLIENT'],
]

function everyNodeOrganization(definition: ConsortiumDefinition, role: Role): Policy {
  const principals = nodeOrganizations(definition).map((mspId): Principal => [mspId, role])
  return signaturePolicy(principals.length, principals.map(roleOf))
}

const anyOf = (principals: readonly Principal[]): Policy => signaturePolicy(1, principals.map(roleOf))

function roleOf([mspIdentifier, role]: Principal): MSPPrincipal {
  return {
    principalClassification: PrincipalClassification.ROLE,
    principal: encode(MSPRole, { mspIdentifier, role: MSPRoleType[role] }),
  }
}

function signaturePolicy(n: number, identities: MSPPrincipal[]): Policy {
  const rules = identities.map((_, index) => ({ signedBy: index }))
  const value = encode(SignaturePolicyEnvelope, { version: 0, rule: { nOutOf: { n, rules } }, identities })
  return { type: PolicyType.SIGNATURE, value }
}
