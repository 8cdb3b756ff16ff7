import { StatusCode, type Contract, type ProposalOptions, type Transaction } from '@hyperledger/fabric-gateway'
import { openGateway, text, type GatewaySession } from '../gateway.js'
import type { Bench } from '../bench.js'

/** The contract of a private data case, with the calls that the cases make over and over. */
export class PrivateSession {
  constructor(
    private readonly session: GatewaySession,
    private readonly chaincode = 'private',
  ) {}

  get contract(): Contract {
    return this.session.contract(this.chaincode)
  }

  endorse(name: string, args: string[], options: ProposalOptions = {}): Promise<Transaction> {
    return this.contract.newProposal(name, { ...options, arguments: args }).endorse()
  }

  /** The verdict on a transaction, whatever it is. */
  async commit(name: string, args: string[], options: ProposalOptions = {}): Promise<number> {
    return verdict(await this.endorse(name, args, options))
  }

  /** Writes a value that is handed over as transient data. */
  async put(collection: string, key: string, value: string, options: ProposalOptions = {}): Promise<void> {
    await this.submit('PutPrivate', [collection, key], { ...options, transientData: { value } })
  }

  async submit(name: string, args: string[], options: ProposalOptions = {}): Promise<string> {
    return text(await this.contract.submit(name, { ...options, arguments: args }))
  }

  async evaluate(name: string, args: string[], options: ProposalOptions = {}): Promise<string> {
    return text(await this.contract.evaluate(name, { ...options, arguments: args }))
  }

  /** The value as one organisation's peer has it. */
  get(collection: string, key: string, organization = 'FinanceMSP'): Promise<string> {
    return this.evaluate('GetPrivate', [collection, key], { endorsingOrganizations: [organization] })
  }

  hash(collection: string, key: string, organization = 'FinanceMSP'): Promise<string> {
    return this.evaluate('PrivateHash', [collection, key], { endorsingOrganizations: [organization] })
  }
}

export async function verdict(transaction: Transaction): Promise<number> {
  return (await (await transaction.submit()).getStatus()).code
}

/** Runs with a client of another organisation. */
export async function as<T>(bench: Bench, mspId: string, run: (session: PrivateSession) => Promise<T>): Promise<T> {
  const session = openGateway(bench.network.connect(mspId))
  try {
    return await run(new PrivateSession(session))
  } finally {
    session.close()
  }
}

/** Waits until another organisation's peer has come as far as the one that was written through. */
export async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
  const end = Date.now() + 10_000
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

export const { VALID, ENDORSEMENT_POLICY_FAILURE, MVCC_READ_CONFLICT } = StatusCode
