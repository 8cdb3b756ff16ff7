import { randomBytes } from 'node:crypto'
import {
  ChannelHeader,
  encode,
  Envelope,
  HeaderType,
  Payload,
  requireBlockValidation,
  requireWhole,
  SignatureHeader,
  type ChannelConfig,
} from '@caizheng/fabric-wire'
import { encodeConfig, proposeConfig, updateIn, type Channel } from '../channel/index.js'
import { missingQuorum, namedConsenters, type ConsenterIdentity } from './consenters.js'

/** A configuration with which the consenters could not go on. */
export class NoConsensus extends Error {
  override readonly name = 'NoConsensus'
}

/**
 * Makes the configuration transaction of an update: what comes out of it, signed by an orderer.
 *
 * @param update the CONFIG_UPDATE envelope, serialized
 * @throws ConfigError, WireError; NoConsensus where the consenters could not go on with it
 */
export async function configure(
  channel: Channel,
  update: Uint8Array,
  held: readonly ConsenterIdentity[],
): Promise<Uint8Array> {
  const next = await proposeConfig(channel, update)
  requireWhole(updateIn(update))
  requireConsensus(next, held)
  const [orderer] = namedConsenters(channel.config, held)
  if (!orderer) throw new Error('no consenter is held that could sign')
  const channelHeader = encode(ChannelHeader, {
    type: HeaderType.CONFIG,
    timestamp: { seconds: Math.floor(channel.clock().getTime() / 1000) },
    channelId: channel.id,
  })
  const signatureHeader = encode(SignatureHeader, { creator: orderer.creator, nonce: randomBytes(24) })
  const payload = encode(Payload, { header: { channelHeader, signatureHeader }, data: encodeConfig(next, update) })
  return encode(Envelope, { payload, signature: orderer.sign(payload) })
}

function requireConsensus(next: ChannelConfig, held: readonly ConsenterIdentity[]): void {
  const missing = missingQuorum(next, held)
  if (missing !== undefined) throw new NoConsensus(missing)
  try {
    requireBlockValidation(next)
  } catch (cause) {
    throw new NoConsensus(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
