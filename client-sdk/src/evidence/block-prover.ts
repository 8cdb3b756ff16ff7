import { addBlockProof, claimOf, decodeEvidence, EvidenceError } from '@caizheng/evidence'
import type { Link } from '../connection/link.js'
import { EvaluateError } from '../errors/caizheng-error.js'
import type { CallOptions } from '../transactions/call.js'
import { evaluate } from '../transactions/evaluate.js'

/** Adds block proofs to evidence. The last block is kept, as the documents of a batch share one. */
export class BlockProver {
  readonly #link: Link
  #last: { readonly transaction: string; readonly block: Uint8Array } | undefined

  constructor(link: Link) {
    this.#link = link
  }

  /**
   * @throws {EvaluateError} where the peer can't be asked or doesn't have the block; `RESPONSE_INVALID` where it gives another
   * @throws EvidenceError for evidence that can't be read
   */
  async prove(evidence: Uint8Array, options: CallOptions): Promise<Uint8Array> {
    const { record } = claimOf(decodeEvidence(evidence))
    const block = await this.#blockOf(record.tx, options)
    try {
      return addBlockProof(evidence, block)
    } catch (cause) {
      if (!(cause instanceof EvidenceError)) throw cause
      const message = `The peer's block of transaction ${record.tx} is no proof of this evidence: ${cause.message}`
      throw new EvaluateError('RESPONSE_INVALID', 'evaluate', message, { cause })
    }
  }

  async #blockOf(transaction: string, options: CallOptions): Promise<Uint8Array> {
    if (this.#last?.transaction === transaction) return this.#last.block
    const call = { chaincode: 'qscc', function: 'GetBlockByTxID', arguments: [this.#link.channel, transaction] }
    const block = await evaluate(this.#link, call, options)
    this.#last = { transaction, block }
    return block
  }
}
