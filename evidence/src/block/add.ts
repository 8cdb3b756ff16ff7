import { EvidenceError } from '../fault.js'
import { decodeEvidence, encodeEvidence } from '../file/file.js'
import type { FabricReceipt } from '../file/schema.js'
import { toBase64 } from '../format/base64.js'
import { claimOf } from '../receipt/claim.js'
import { BLOCK_PROOF, MAX_BLOCK_BYTES, type BlockProof } from './schema.js'
import { openBlock } from './open.js'
import { checkTransaction } from './checks/transaction.js'
import { signedPart } from './signed-part.js'
import { writeOf } from './write.js'

/**
 * The same evidence file with a block proof; one that it had is replaced. What is kept of the block is what somebody signed. That
 * the block holds the record's transaction is checked here; who signed it is for `verify`, under a trust file.
 *
 * @param block common.Block with its orderers' signatures, as a peer gives it
 * @throws EvidenceError as `decodeEvidence`; of a block that isn't one or is another's, as its steps in a report; TOO_LARGE
 * @example
 * const proven = addBlockProof(evidence, await client.evaluate({ chaincode: 'qscc', function: 'GetBlockByTxID', arguments }))
 */
export function addBlockProof(evidence: Uint8Array, block: Uint8Array): Uint8Array {
  const file = decodeEvidence(evidence)
  const { receipt, subject, cosignatures } = file
  const kept = signedPart(block)
  if (kept.length > MAX_BLOCK_BYTES) throw new EvidenceError('TOO_LARGE', { limit: MAX_BLOCK_BYTES })
  checkTransaction(openBlock(kept), writeOf(claimOf(file)))
  const proof: BlockProof = { type: BLOCK_PROOF, block: toBase64(kept) }
  const others = cosignatures.filter(({ type }) => type !== BLOCK_PROOF)
  return encodeEvidence({ receipt: receipt as FabricReceipt, subject, cosignatures: [...others, proof] })
}
