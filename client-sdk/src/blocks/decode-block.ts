import {
  BlockMetadataIndex,
  blockHash,
  decodeLoose,
  toHex,
  TxValidationCode,
  WireBlock,
  WireError,
} from '@caizheng/fabric-wire'
import { FollowError } from '../errors/caizheng-error.js'
import { decodeTransaction } from './decode-transaction.js'
import type { FollowedBlock } from './followed-block.js'

/**
 * Decodes a block as a peer delivers it. Reads as Go does, not strictly: what the peers accepted must be seen as they saw
 * it. Strictness belongs to proofs, which the evidence package checks.
 *
 * @throws {FollowError} `RESPONSE_INVALID` where it is no block.
 */
export function decodeBlock(bytes: Uint8Array): FollowedBlock {
  try {
    const { header, data, metadata } = decodeLoose(WireBlock, bytes)
    if (header === undefined) throw new WireError('MISSING', 'a block without header')
    const codes = metadata?.metadata[BlockMetadataIndex.TRANSACTIONS_FILTER] ?? new Uint8Array(0)
    return {
      number: header.number,
      hash: toHex(blockHash(header)),
      previousHash: toHex(header.previousHash),
      dataHash: toHex(header.dataHash),
      // Block 0 may come without verdicts; every other transaction without one is not validated.
      transactions: (data?.data ?? []).map((envelope, index) =>
        decodeTransaction(envelope, index, codes[index] ?? (header.number === 0 ? 0 : TxValidationCode.NOT_VALIDATED)),
      ),
    }
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause
    throw new FollowError('RESPONSE_INVALID', 'follow', `The peer sent no readable block: ${cause.message}`, { cause })
  }
}
