import {
  authorizeUpdate,
  ChannelHeader,
  ConfigEnvelope,
  ConfigError,
  ConfigGroup,
  decodeLoose,
  encode,
  Envelope,
  equalBytes,
  HeaderType,
  Payload,
  readConfigUpdate,
  requireSuccessor,
  type ChannelConfig,
  type Identity,
  type SignedConfigUpdate,
} from '@caizheng/fabric-wire'
import type { Channel } from './channel.js'

/**
 * What a CONFIG_UPDATE makes of the channel's configuration, judged under the one in force: its signatures, the policies
 * of all that it changes, and whether what comes out makes a channel.
 *
 * @param update the update's envelope, serialized
 * @throws ConfigError; WireError where it can't be read
 */
export async function proposeConfig(channel: Channel, update: Uint8Array): Promise<ChannelConfig> {
  const signed = readConfigUpdate(updateIn(update))
  const group = authorizeUpdate(channel.config, signed.update, await signersOf(channel, signed))
  return requireSuccessor(channel.config, group)
}

/** The configuration transaction's contents: the whole configuration, and the update that made it. */
export function encodeConfig({ sequence, group }: ChannelConfig, update: Uint8Array): Uint8Array {
  const config = { sequence, channelGroup: group }
  return encode(ConfigEnvelope, { config, lastUpdate: decodeLoose(Envelope, update) })
}

/**
 * Judges a configuration transaction as a peer does: by doing its update again.
 *
 * @param bytes a `ConfigEnvelope`
 * @returns the configuration that is in force from then on
 * @throws ConfigError; WireError where it can't be read
 */
export async function validateConfig(channel: Channel, bytes: Uint8Array): Promise<ChannelConfig> {
  const { config, lastUpdate } = decodeLoose(ConfigEnvelope, bytes)
  const { sequence } = channel.config
  if (!config?.channelGroup || !lastUpdate) {
    throw new ConfigError('INVALID_UPDATE', 'a configuration transaction without a configuration or its update')
  }
  if (config.sequence !== sequence + 1) {
    throw new ConfigError(
      'STALE_UPDATE',
      `config currently at sequence ${String(sequence)}, cannot validate config at sequence ${String(config.sequence)}`,
    )
  }
  const next = await proposeConfig(channel, encode(Envelope, lastUpdate))
  if (equalBytes(encode(ConfigGroup, next.group), encode(ConfigGroup, config.channelGroup))) return next
  throw new ConfigError('INVALID_UPDATE', 'ConfigEnvelope LastUpdate did not produce the supplied config result')
}

/** The `ConfigUpdateEnvelope` in a CONFIG_UPDATE. @throws ConfigError; WireError where it can't be read */
export function updateIn(envelope: Uint8Array): Uint8Array {
  const { header, data } = decodeLoose(Payload, decodeLoose(Envelope, envelope).payload)
  const { type } = decodeLoose(ChannelHeader, header?.channelHeader ?? new Uint8Array())
  if (type === HeaderType.CONFIG_UPDATE) return data
  throw new ConfigError('INVALID_UPDATE', 'error converting envelope to config update: it is of another type')
}

/** A signature that is wrong, or of somebody unknown, does not count and does no harm. */
async function signersOf(channel: Channel, { signatures }: SignedConfigUpdate): Promise<Identity[]> {
  const verdicts = await Promise.allSettled(
    signatures.map(({ creator, signedBytes, signature }) => channel.signer(creator, signedBytes, signature)),
  )
  return verdicts.flatMap((verdict) => (verdict.status === 'fulfilled' ? [verdict.value] : []))
}
