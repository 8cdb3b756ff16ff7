import {
  dataHash,
  decodeLoose,
  equalBytes,
  isBlockSigned,
  toHex,
  WireBlock,
  WireError,
  type Block,
  type ChannelConfig,
} from '@caizheng/fabric-wire'
import { doubt, type Doubt } from '../doubts/doubt.js'

/** Reads a block's bytes; the reason where they are none. Loosely: what its nodes took must be seen as they saw it. */
export function readBlock(bytes: Uint8Array): Block | string {
  try {
    const { header, data, metadata } = decodeLoose(WireBlock, bytes)
    if (header === undefined || data === undefined) return 'no header or no data'
    return { header, data: data.data, metadata: metadata?.metadata ?? [] }
  } catch (error) {
    if (error instanceof WireError) return error.message
    throw error
  }
}

/**
 * What is wrong with a block as a link of the chain.
 *
 * @param previous the hash of the block before; `undefined` for the first
 * @param config the configuration in force before it; `undefined` for the genesis block, which nobody signs
 */
export function judgeLink(block: Block, previous: Uint8Array | undefined, config: ChannelConfig | undefined): Doubt[] {
  const { header, data } = block
  const place = { block: header.number }
  const doubts: Doubt[] = []
  if (previous !== undefined && !equalBytes(header.previousHash, previous)) {
    const values = { claimed: toHex(header.previousHash), actual: toHex(previous) }
    doubts.push(doubt('PREVIOUS_HASH', place, values))
  }
  const actual = dataHash(data)
  if (!equalBytes(header.dataHash, actual)) {
    doubts.push(doubt('DATA_HASH', place, { claimed: toHex(header.dataHash), actual: toHex(actual) }))
  }
  if (config !== undefined && !isSigned(block, config)) doubts.push(doubt('BLOCK_SIGNATURES', place, {}))
  return doubts
}

function isSigned(block: Block, config: ChannelConfig): boolean {
  try {
    return isBlockSigned(block, config)
  } catch (error) {
    if (error instanceof WireError) return false
    throw error
  }
}
