import {
  authorizeUpdate,
  ChannelHeader,
  ConfigEnvelope,
  ConfigError,
  ConfigGroup,
  decodeLoose,
  encode,
  equalBytes,
  HeaderType,
  IdentityError,
  Payload,
  PolicyError,
  readConfigUpdate,
  requireSuccessor,
  WireError,
  type ChannelConfig,
} from '@caizheng/fabric-wire'
import { signerOf } from '../validity/open.js'

/**
 * Does a configuration's update again, from the configuration before.
 *
 * @param bytes a `ConfigEnvelope`
 * @returns what is in force from then on, or why it can't be
 */
export async function nextConfiguration(before: ChannelConfig, bytes: Uint8Array): Promise<ChannelConfig | string> {
  try {
    return await follow(before, bytes)
  } catch (error) {
    const known = [ConfigError, WireError, PolicyError, IdentityError].some((kind) => error instanceof kind)
    if (known) return (error as Error).message
    throw error
  }
}

async function follow(before: ChannelConfig, bytes: Uint8Array): Promise<ChannelConfig | string> {
  const { config, lastUpdate } = decodeLoose(ConfigEnvelope, bytes)
  if (config?.channelGroup === undefined || lastUpdate === undefined) return 'no configuration, or no update'
  if (config.sequence !== before.sequence + 1) return `number ${config.sequence} after ${before.sequence}`
  const { header, data } = decodeLoose(Payload, lastUpdate.payload)
  const { type } = decodeLoose(ChannelHeader, header?.channelHeader ?? new Uint8Array())
  if (type !== HeaderType.CONFIG_UPDATE) return `an update of type ${type}`
  const { update, signatures } = readConfigUpdate(data)
  const signers = await Promise.all(
    signatures.map(({ creator, signedBytes, signature }) => signerOf(before, creator, signedBytes, signature)),
  )
  const group = authorizeUpdate(
    before,
    update,
    signers.filter((signer) => signer !== undefined),
  )
  const next = requireSuccessor(before, group)
  const same = equalBytes(encode(ConfigGroup, next.group), encode(ConfigGroup, config.channelGroup))
  return same ? next : 'its update makes another configuration'
}
