import * as z from 'zod/mini'
import { parseCanonical } from '../canonical/index.js'
import { contracts, type Contract } from '../contract/contract.js'
import { contractTotals, type ContractTotals } from '../contract/totals.js'
import { read } from '../schema/read.js'
import { settlements, type Settlement } from './settlement.js'

/** How many vouchers a contract has, the head of their chain, their sums, and by what it was settled: the records as stored. */
export interface Completeness {
  readonly contract: Contract
  readonly totals: ContractTotals
  /** Absent before one was submitted. */
  readonly settlement?: Settlement
}

const Answer = z.strictObject({
  kind: z.literal('completeness'),
  version: z.literal(1),
  contract: z.unknown(),
  totals: z.unknown(),
  settlement: z.exactOptional(z.unknown()),
})

/**
 * What `GetCompleteness` answers.
 *
 * @throws {RecordError} or {@link CanonicalError} where the bytes are no such answer.
 */
export function parseCompleteness(bytes: string | Uint8Array): Completeness {
  const answer = read(Answer, parseCanonical(bytes), 'what proves vouchers complete')
  return {
    contract: contracts.parse(answer.contract),
    totals: contractTotals.parse(answer.totals),
    ...(answer.settlement === undefined ? {} : { settlement: settlements.parse(answer.settlement) }),
  }
}
