import type { Link } from '../connection/link.js'
import type { CallOptions, ContractCall } from './call.js'
import { newProposal } from './propose.js'
import { repeat } from './repeat.js'

/**
 * Asks one node. The answer is that node's word, not proof.
 *
 * @throws {CaizhengError} stage `evaluate`: the contract's own code, `NOT_REACHABLE`, `NOT_PERMITTED`, …
 */
export function evaluate(link: Link, call: ContractCall, options: CallOptions = {}): Promise<Uint8Array> {
  return repeat('evaluate', options, () => {
    const proposal = newProposal(link, call)
    const transactionId = proposal.getTransactionId()
    const context = { signal: options.signal, transactionId }
    return link.call('evaluate', link.timeouts.evaluate, (deadline) => proposal.evaluate(deadline), context)
  })
}
