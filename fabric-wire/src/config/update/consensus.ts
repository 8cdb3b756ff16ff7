import { equalBytes } from '../../crypto/index.js'
import type { ChannelConfig } from '../channel-config.js'
import { ConfigError } from '../error.js'

/**
 * The consensus may change in maintenance only, and only from Raft to BFT; going into maintenance or out of it, nothing
 * else about it may change.
 *
 * @throws {ConfigError} `INVALID_UPDATE`
 */
export function requireConsensusRules({ consensus: before }: ChannelConfig, { consensus: after }: ChannelConfig): void {
  if (before.state !== after.state) {
    if (before.type !== after.type)
      refuse(
        `attempted to change ConsensusType.Type from ${before.type} to ${after.type}, but ConsensusType.State is changing`,
      )
    if (!equalBytes(before.metadata, after.metadata))
      refuse('attempted to change ConsensusType.Metadata, but ConsensusType.State is changing')
  }
  if (before.type === after.type) return
  const change = `attempted to change consensus type from ${before.type} to ${after.type}`
  if (before.state === NORMAL) refuse(`${change}, but current config ConsensusType.State is not in maintenance mode`)
  if (after.type !== 'BFT') refuse(`${change}, transition not supported`)
}

const NORMAL = 0

function refuse(reason: string): never {
  throw new ConfigError('INVALID_UPDATE', reason)
}
