import type { Proposal, Transaction } from '@hyperledger/fabric-gateway'
import type { Link } from '../connection/link.js'
import type { ContractCall } from './call.js'

/** Every proposal has a fresh nonce, hence a transaction id of its own. */
export function newProposal(link: Link, call: ContractCall): Proposal {
  return link.network.getContract(call.chaincode).newProposal(call.function, {
    arguments: [...(call.arguments ?? [])],
    ...(call.transient === undefined ? {} : { transientData: { ...call.transient } }),
    ...(call.endorsingOrganizations === undefined ? {} : { endorsingOrganizations: [...call.endorsingOrganizations] }),
  })
}

/** One proposal, endorsed once, with no retry. */
export async function endorseOnce(link: Link, call: ContractCall, signal?: AbortSignal): Promise<Transaction> {
  const proposal = newProposal(link, call)
  const transactionId = proposal.getTransactionId()
  return link.call('endorse', link.timeouts.endorse, (options) => proposal.endorse(options), { signal, transactionId })
}
