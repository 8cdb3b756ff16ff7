import {
  ACLs,
  AnchorPeers,
  BatchSize,
  BatchTimeout,
  BlockDataHashingStructure,
  Capabilities,
  ChannelRestrictions,
  ConsensusType,
  encode,
  HashingAlgorithm,
  OrdererAddresses,
  Orderers,
  type ConfigGroup,
} from '@caizheng/fabric-wire'
import {
  applicationPolicies,
  channelPolicies,
  ordererOrganizationPolicies,
  ordererPolicies,
  organizationPolicies,
  type GroupPolicies,
} from './channel-policies.js'
import type { Address, ConsortiumDefinition, OrganizationDefinition } from './definition.js'
import type { ConsenterMaterial, ConsortiumMaterial, OrganizationMaterial } from './material.js'
import { mspConfig } from './msp-config.js'
import { smartBftOptions } from './smartbft-options.js'

/** The channel's first configuration: groups, policies and values as Fabric 3 wants them for BFT. */
export function channelGroup(definition: ConsortiumDefinition, material: ConsortiumMaterial): ConfigGroup {
  return group(
    channelPolicies(definition),
    {
      HashingAlgorithm: encode(HashingAlgorithm, { name: 'SHA256' }),
      // The only width that Fabric knows: all of a block's data is hashed at once
      BlockDataHashingStructure: encode(BlockDataHashingStructure, { width: 0xffff_ffff }),
      Capabilities: capability('V3_0'),
    },
    { Application: applicationGroup(definition, material), Orderer: ordererGroup(definition, material) },
  )
}

function applicationGroup(definition: ConsortiumDefinition, material: ConsortiumMaterial): ConfigGroup {
  const { accessControl } = definition
  const groups = definition.organizations.flatMap((organization) => {
    const held = material.organizations.get(organization.mspId)
    return held ? [[organization.mspId, organizationGroup(organization, held)] as const] : []
  })
  const values = { Capabilities: capability('V2_5'), ...(accessControl && { ACLs: accessControlList(accessControl) }) }
  return group(applicationPolicies(definition), values, Object.fromEntries(groups))
}

function organizationGroup({ mspId, peer }: OrganizationDefinition, material: OrganizationMaterial): ConfigGroup {
  const anchors = peer && { AnchorPeers: encode(AnchorPeers, { anchorPeers: [{ host: peer.host, port: peer.port }] }) }
  return group(organizationPolicies(mspId, peer !== undefined), { MSP: mspConfig(material), ...anchors })
}

function ordererGroup(definition: ConsortiumDefinition, material: ConsortiumMaterial): ConfigGroup {
  const { batch } = definition
  const { consenters, ordererOrganizations } = material
  const groups = [...ordererOrganizations].map(([mspId, held]) => {
    const addresses = consenters.filter((consenter) => consenter.mspId === mspId).map(endpoint)
    const values = { MSP: mspConfig(held), Endpoints: encode(OrdererAddresses, { addresses }) }
    return [mspId, group(ordererOrganizationPolicies(mspId), values)] as const
  })
  const values = {
    ConsensusType: encode(ConsensusType, { type: 'BFT', metadata: smartBftOptions(batch), state: 0 }),
    Orderers: encode(Orderers, { consenterMapping: consenters.map(consenterEntry) }),
    BatchSize: encode(BatchSize, {
      maxMessageCount: batch.maxMessages,
      absoluteMaxBytes: batch.absoluteMaxBytes,
      preferredMaxBytes: batch.preferredMaxBytes,
    }),
    BatchTimeout: encode(BatchTimeout, { timeout: `${batch.intervalMs}ms` }),
    ChannelRestrictions: encode(ChannelRestrictions, {}),
    Capabilities: capability('V2_0'),
  }
  return group(ordererPolicies(definition, consenters), values, Object.fromEntries(groups))
}

function consenterEntry({ id, host, port, mspId, certificatePem, tls }: ConsenterMaterial) {
  const tlsCertificate = Buffer.from(tls.certificatePem)
  return {
    id,
    host,
    port,
    mspId,
    identity: Buffer.from(certificatePem),
    clientTlsCert: tlsCertificate,
    serverTlsCert: tlsCertificate,
  }
}

/** `host:port`, with an IPv6 address in brackets. */
export const endpoint = ({ host, port }: Address): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

const capability = (name: string): Uint8Array => encode(Capabilities, { capabilities: new Map([[name, {}]]) })

function accessControlList(accessControl: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.entries(accessControl).map(([resource, policyRef]) => [resource, { policyRef }] as const)
  return encode(ACLs, { acls: new Map(entries) })
}

/** A group at version 0; whoever satisfies its own `Admins` may change any part of it. */
function group(
  policies: GroupPolicies,
  values: Readonly<Record<string, Uint8Array>>,
  groups: Readonly<Record<string, ConfigGroup>> = {},
): ConfigGroup {
  const modPolicy = 'Admins'
  const version = 0
  return {
    version,
    groups: new Map(Object.entries(groups)),
    values: new Map(Object.entries(values).map(([name, value]) => [name, { version, value, modPolicy }])),
    policies: new Map(Object.entries(policies).map(([name, policy]) => [name, { version, policy, modPolicy }])),
    modPolicy,
  }
}
