import { parseBlock, type Block, type BlockConsenter } from '../block/index.js'
import { decodeLoose, encode, type Message } from '../codec/index.js'
import { equalBytes } from '../crypto/index.js'
import {
  ACLs,
  BatchSize,
  BatchTimeout,
  Capabilities,
  ConsensusType,
  FabricMSPConfig,
  Orderers,
  type Config,
  type ConfigGroup,
  type Consenter,
} from '../messages/index.js'
import type { Msp } from '../msp/index.js'
import { configEnvelopeOf } from './config-block.js'
import { ConfigError } from './error.js'
import { readOrganization, type Organization } from './organization.js'
import { channelPolicies, type ChannelPolicies } from './policies.js'

/** What a channel's configuration says, read and ready to judge with. */
export interface ChannelConfig {
  readonly channelId: string
  /** Counts the updates since the genesis block. */
  readonly sequence: number
  /** The application's organisations, with a node or without. */
  readonly organizations: readonly Organization[]
  readonly ordererOrganizations: readonly Organization[]
  /** Every organisation's MSP by its id. */
  readonly msps: ReadonlyMap<string, Msp>
  readonly policies: ChannelPolicies
  /** `BFT` or `etcdraft`. */
  readonly consensus: ConsensusType
  /** The BFT orderers; empty for another consensus. */
  readonly consenters: readonly Consenter[]
  readonly batchSize: BatchSize
  readonly batchTimeout: BatchTimeout
  readonly capabilities: {
    readonly channel: readonly string[]
    readonly orderer: readonly string[]
    readonly application: readonly string[]
  }
  /** The paths of the policies that guard resources such as `peer/Propose`, where it names them; else Fabric's defaults do. */
  readonly accessControl: ReadonlyMap<string, string>
  /** The configuration tree itself. */
  readonly group: ConfigGroup
}

/**
 * Reads the channel configuration that a block carries.
 *
 * @param block the genesis block or a later config block, parsed or not
 * @throws {ConfigError} `NOT_A_CONFIG_BLOCK` or `INVALID_CONFIG`
 * @throws {WireError} `MALFORMED`
 * @throws {IdentityError} if an organisation's MSP is at fault
 * @throws {PolicyError} `INVALID`
 * @example
 * const config = channelConfigOf(genesis)
 * identify(config.msps, creator, new Date())
 */
export function channelConfigOf(block: Block | Uint8Array): ChannelConfig {
  const { channelId, envelope } = configEnvelopeOf(block instanceof Uint8Array ? parseBlock(block) : block)
  return readChannelConfig(channelId, envelope.config)
}

/** Reads a configuration that stands in no block yet. @throws as `channelConfigOf` */
export function readChannelConfig(channelId: string, config: Config | undefined): ChannelConfig {
  const group = config?.channelGroup
  const orderer = group?.groups.get('Orderer')
  const application = group?.groups.get('Application')
  if (group === undefined || orderer === undefined || application === undefined) {
    throw new ConfigError('INVALID_CONFIG', `${channelId}: no Orderer or no Application group`)
  }
  const organizations = organizationsOf(application)
  const ordererOrganizations = organizationsOf(orderer)
  return {
    channelId,
    sequence: config?.sequence ?? 0,
    organizations,
    ordererOrganizations,
    msps: mspsOf([...organizations, ...ordererOrganizations]),
    policies: channelPolicies(group),
    consensus: valueOf(orderer, 'ConsensusType', ConsensusType),
    consenters: valueOf(orderer, 'Orderers', Orderers).consenterMapping,
    batchSize: valueOf(orderer, 'BatchSize', BatchSize),
    batchTimeout: valueOf(orderer, 'BatchTimeout', BatchTimeout),
    capabilities: {
      channel: capabilitiesOf(group),
      orderer: capabilitiesOf(orderer),
      application: capabilitiesOf(application),
    },
    accessControl: accessControlOf(application),
    group,
  }
}

/** The consenters in the form that `verifyBlockSignatures` takes. */
export function consentersOf(config: ChannelConfig): BlockConsenter[] {
  return config.consenters.map(({ id, mspId, identity }) => ({ id, mspid: mspId, identity }))
}

function organizationsOf(group: ConfigGroup): Organization[] {
  return [...group.groups].map(([name, organization]) => readOrganization(name, organization))
}

function mspsOf(organizations: readonly Organization[]): Map<string, Msp> {
  const msps = new Map<string, Msp>()
  for (const { mspid, msp } of organizations) {
    const known = msps.get(mspid)
    // An organisation may stand under Application and under Orderer, but not with two faces.
    if (known && !equalBytes(encode(FabricMSPConfig, known.config), encode(FabricMSPConfig, msp.config))) {
      throw new ConfigError('INVALID_CONFIG', `two organisations call themselves ${mspid}`)
    }
    msps.set(mspid, msp)
  }
  return msps
}

function valueOf<T>(group: ConfigGroup, key: string, type: Message<T>): T {
  return decodeLoose(type, group.values.get(key)?.value ?? new Uint8Array(0))
}

/** A policy without a leading slash is one of the application's. */
function accessControlOf(application: ConfigGroup): Map<string, string> {
  const { acls } = valueOf(application, 'ACLs', ACLs)
  const named = [...acls].filter(([, { policyRef }]) => policyRef !== '')
  return new Map(
    named.map(([name, { policyRef }]) => [
      name,
      policyRef.startsWith('/') ? policyRef : `/Channel/Application/${policyRef}`,
    ]),
  )
}

function capabilitiesOf(group: ConfigGroup): string[] {
  return [...valueOf(group, 'Capabilities', Capabilities).capabilities.keys()].sort()
}
