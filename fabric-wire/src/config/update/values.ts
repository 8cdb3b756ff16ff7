import { decodeLoose } from '../../codec/index.js'
import {
  BatchSize,
  BatchTimeout,
  BlockDataHashingStructure,
  Capabilities,
  HashingAlgorithm,
  OrdererAddresses,
  type ConfigGroup,
} from '../../messages/index.js'
import { ConfigError } from '../error.js'

/** The values that a group may hold; the last name of its path tells which. */
const ALLOWED = {
  channel: [
    'HashingAlgorithm',
    'BlockDataHashingStructure',
    'OrdererAddresses',
    'Orderers',
    'Consortium',
    'Capabilities',
  ],
  application: ['ACLs', 'Capabilities'],
  organization: ['MSP', 'AnchorPeers'],
  orderer: [
    'ConsensusType',
    'BatchSize',
    'BatchTimeout',
    'KafkaBrokers',
    'ChannelRestrictions',
    'Orderers',
    'Capabilities',
  ],
  ordererOrganization: ['MSP', 'Endpoints'],
} as const

const PLACES = {
  channel: 'initializing channelconfig failed: ',
  application: 'initializing channelconfig failed: could not create channel Application sub-group config: ',
  organization: 'initializing channelconfig failed: could not create channel Application sub-group config: ',
  orderer: 'initializing channelconfig failed: could not create channel Orderer sub-group config: ',
  ordererOrganization: 'initializing channelconfig failed: could not create channel Orderer sub-group config: ',
} as const

/** Of each place those that Fabric 3 supports. */
const CAPABILITIES = {
  channel: ['V1_1', 'V1_3', 'V1_4_2', 'V1_4_3', 'V2_0', 'V3_0'],
  orderer: ['V1_1', 'V1_4_2', 'V2_0'],
  application: ['V1_1', 'V1_2', 'V1_3', 'V1_4_2', 'V2_0', 'V2_5'],
} as const

/** @throws {ConfigError} `INVALID_UPDATE` for a value that a channel can't have */
export function requireValues(channel: ConfigGroup): void {
  const { Application: application, Orderer: orderer, ...others } = Object.fromEntries(channel.groups)
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) refuse(`${PLACES.channel}Disallowed channel group: ${unknown}`)
  if (!orderer) return refuse('current config has orderer section, but new config does not')
  if (!application) return refuse('current config has application section, but new config does not')
  requireAllowed(channel, 'channel')
  requireAllowed(application, 'application')
  requireAllowed(orderer, 'orderer')
  for (const group of application.groups.values()) requireAllowed(group, 'organization')
  for (const group of orderer.groups.values()) requireAllowed(group, 'ordererOrganization')
  requireCapabilities(channel, 'channel')
  requireCapabilities(orderer, 'orderer')
  requireCapabilities(application, 'application')
  requireHashing(channel)
  requireBatches(orderer)
}

function requireAllowed(group: ConfigGroup, kind: keyof typeof ALLOWED): void {
  const allowed: readonly string[] = ALLOWED[kind]
  const unknown = [...group.values.keys()].find((name) => !allowed.includes(name))
  if (unknown !== undefined) refuse(`${PLACES[kind]}failed to deserialize values: Unexpected key ${unknown}`)
  if ((kind === 'organization' || kind === 'ordererOrganization') && group.groups.size > 0) {
    refuse(`${PLACES[kind]}an organisation does not allow sub-groups`)
  }
}

function requireCapabilities(group: ConfigGroup, place: keyof typeof CAPABILITIES): void {
  const supported: readonly string[] = CAPABILITIES[place]
  const { capabilities } = decodeLoose(Capabilities, bytesOf(group, 'Capabilities'))
  const missing = [...capabilities.keys()].find((name) => !supported.includes(name))
  if (missing !== undefined) {
    refuse(
      `config update is not compatible: config requires unsupported ${place} capabilities: ${place} capability ${missing} is required`,
    )
  }
}

function requireHashing(channel: ConfigGroup): void {
  const { name } = decodeLoose(HashingAlgorithm, bytesOf(channel, 'HashingAlgorithm'))
  // Fabric reads SHA3_256 too, and hashes its blocks with SHA-256 all the same
  if (name !== 'SHA256' && name !== 'SHA3_256') refuse(`${PLACES.channel}Unknown hashing algorithm type: ${name}`)
  const { width } = decodeLoose(BlockDataHashingStructure, bytesOf(channel, 'BlockDataHashingStructure'))
  if (width !== 0xffff_ffff)
    refuse(`${PLACES.channel}BlockDataHashStructure width only supported at MaxUint32 in this version`)
  if (decodeLoose(OrdererAddresses, bytesOf(channel, 'OrdererAddresses')).addresses.length > 0) {
    refuse(
      `${PLACES.channel}global OrdererAddresses are not allowed with V3_0 capability, use org specific addresses only`,
    )
  }
}

function requireBatches(orderer: ConfigGroup): void {
  const { maxMessageCount, absoluteMaxBytes, preferredMaxBytes } = decodeLoose(BatchSize, bytesOf(orderer, 'BatchSize'))
  const zero = (what: string): never =>
    refuse(`${PLACES.orderer}Attempted to set the batch size ${what} to an invalid value: 0`)
  if (maxMessageCount === 0) zero('max message count')
  if (absoluteMaxBytes === 0) zero('absolute max bytes')
  if (preferredMaxBytes === 0) zero('preferred max bytes')
  if (preferredMaxBytes > absoluteMaxBytes) {
    refuse(
      `${PLACES.orderer}Attempted to set the batch size preferred max bytes (${preferredMaxBytes}) greater than the absolute max bytes (${absoluteMaxBytes}).`,
    )
  }
  const { timeout } = decodeLoose(BatchTimeout, bytesOf(orderer, 'BatchTimeout'))
  if (!DURATION.test(timeout))
    refuse(`${PLACES.orderer}Attempted to set the batch timeout to a invalid value: ${timeout}`)
  if (!/[1-9]/.test(timeout))
    refuse(`${PLACES.orderer}Attempted to set the batch timeout to a non-positive value: ${timeout}`)
}

/** A duration as Go writes it, `1m30s`; one below zero is refused with those that are none. */
const DURATION = /^\+?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/

const bytesOf = (group: ConfigGroup, key: string): Uint8Array => group.values.get(key)?.value ?? new Uint8Array()

function refuse(reason: string): never {
  throw new ConfigError('INVALID_UPDATE', reason)
}
