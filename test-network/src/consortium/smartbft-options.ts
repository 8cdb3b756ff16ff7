import { encode, SmartBFTOptions } from '@caizheng/fabric-wire'
import type { BatchDefinition } from './definition.js'

/** `Options.Rotation` of SmartBFT: the leader stays until it fails. */
const ROTATION_OFF = 1

/**
 * The options of the consensus, for `ConsensusType.metadata`: SmartBFT's defaults, but for the batch and the pool.
 * Requests wait in the pool while a failed leader is replaced (some 22 seconds), so it holds more than SmartBFT's
 * 400.
 */
export function smartBftOptions(batch: BatchDefinition): Uint8Array {
  return encode(SmartBFTOptions, {
    requestBatchMaxCount: batch.maxMessages,
    requestBatchMaxBytes: batch.absoluteMaxBytes,
    // This cuts blocks; Fabric's BatchTimeout has no effect on BFT
    requestBatchMaxInterval: `${batch.intervalMs}ms`,
    incomingMessageBufferSize: 200,
    requestPoolSize: 100_000,
    requestForwardTimeout: '2s',
    requestComplainTimeout: '20s',
    requestAutoRemoveTimeout: '3m0s',
    viewChangeResendInterval: '5s',
    viewChangeTimeout: '20s',
    leaderHeartbeatTimeout: '1m0s',
    leaderHeartbeatCount: 10,
    collectTimeout: '1s',
    leaderRotation: ROTATION_OFF,
  })
}
