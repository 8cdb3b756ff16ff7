import { blockSignatures, verifyBlockSignatures, type Block } from '@caizheng/fabric-wire'
import { EvidenceError } from '../../fault.js'
import type { Trust } from '../../trust/trust.js'

/** Who signed a block, and of how many. */
export interface Orderers {
  /** MSP ids of those who signed, by the orderers' numbers: an organisation with two orderers may stand twice. */
  readonly signed: readonly string[]
  readonly all: number
}

/**
 * The orderers: a quorum of those that the trust file names for this block signed its header. One wrong signature refuses the
 * block: an honest one carries none.
 *
 * @param block as `openBlock` gives it
 * @throws EvidenceError BLOCK_ORDERERS_UNKNOWN, BLOCK_SIGNATURE or BLOCK_QUORUM
 */
export function checkOrderers(block: Block, { ordering }: Trust): Orderers {
  const { number } = block.header
  const consenters = ordering.findLast(({ from }) => from <= number)?.consenters
  if (consenters === undefined) throw new EvidenceError('BLOCK_ORDERERS_UNKNOWN', { block: number })
  const { ok, signers, quorum } = verifyBlockSignatures(block, consenters)
  const count = blockSignatures(block).signatures.length
  if (signers.length < count) {
    throw new EvidenceError('BLOCK_SIGNATURE', { wrong: count - signers.length, count, block: number })
  }
  if (!ok) throw new EvidenceError('BLOCK_QUORUM', { count, all: consenters.length, quorum })
  const signed = consenters.filter(({ id }) => signers.includes(id)).map(({ mspid }) => mspid)
  return { signed, all: consenters.length }
}
