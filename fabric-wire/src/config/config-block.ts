import { decode, decodeLoose } from '../codec/index.js'
import type { Block } from '../block/index.js'
import { WireError } from '../errors.js'
import { ConfigEnvelope, HeaderType, Payload } from '../messages/index.js'
import { parseEnvelope } from '../transaction/index.js'
import { ConfigError } from './error.js'
import { readConfigUpdate, type SignedConfigUpdate } from './update/read-update.js'

/** Whether a block carries a configuration: such a block has one envelope only. */
export function isConfigBlock(block: Block): boolean {
  const [first, ...more] = block.data
  if (first === undefined || more.length > 0) return false
  try {
    return parseEnvelope(first).channelHeader.type === HeaderType.CONFIG
  } catch (error) {
    if (error instanceof WireError) return false // whatever it is, it configures nothing
    throw error
  }
}

/**
 * The configuration in a block, loosely decoded because Go writes its maps in random order.
 *
 * @throws {ConfigError} `NOT_A_CONFIG_BLOCK`
 * @throws {WireError} `MALFORMED`
 */
export function configEnvelopeOf(block: Block): { channelId: string; envelope: ConfigEnvelope } {
  const [first] = block.data
  if (first === undefined || !isConfigBlock(block)) {
    throw new ConfigError('NOT_A_CONFIG_BLOCK', `block ${block.header.number} carries no configuration`)
  }
  const { channelHeader, data } = parseEnvelope(first)
  return { channelId: channelHeader.channelId, envelope: decodeLoose(ConfigEnvelope, data) }
}

/**
 * The update that a config block says it applied; undefined for a genesis block. That it was signed by whom the policies
 * demand is for the caller to check, under the configuration before.
 *
 * @throws {ConfigError} `NOT_A_CONFIG_BLOCK`
 * @throws {WireError} `MALFORMED`
 */
export function configUpdateOf(block: Block): SignedConfigUpdate | undefined {
  const { lastUpdate } = configEnvelopeOf(block).envelope
  if (lastUpdate === undefined) return undefined
  return readConfigUpdate(decode(Payload, lastUpdate.payload).data)
}
