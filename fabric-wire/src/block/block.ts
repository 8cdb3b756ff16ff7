import { decode, encode } from '../codec/index.js'
import { WireError } from '../errors.js'
import { BlockMetadataIndex, WireBlock, type BlockHeader } from '../messages/index.js'

/** A block with nothing absent. */
export interface Block {
  header: BlockHeader
  /** Envelopes; their order is the order of the transactions. */
  data: Uint8Array[]
  /** See `BlockMetadataIndex`. */
  metadata: Uint8Array[]
}

/**
 * Reads a block.
 *
 * @throws {WireError} `MALFORMED` for another encoding than the canonical one, `MISSING` without header, data or metadata
 */
export function parseBlock(bytes: Uint8Array): Block {
  const { header, data, metadata } = decode(WireBlock, bytes)
  if (header === undefined || data === undefined || metadata === undefined) {
    throw new WireError('MISSING', 'a block without its header, data or metadata')
  }
  return { header, data: data.data, metadata: metadata.metadata }
}

/** Writes a block. */
export function encodeBlock(block: Block): Uint8Array {
  return encode(WireBlock, {
    header: block.header,
    data: { data: block.data },
    metadata: { metadata: block.metadata },
  })
}

/**
 * A peer's verdicts, one byte for each transaction (`TxValidationCode`). They stand beside the signed part: only this
 * peer says so. Empty in a block that comes from an orderer.
 */
export function txFilter(block: Block): Uint8Array {
  return block.metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array(0)
}
