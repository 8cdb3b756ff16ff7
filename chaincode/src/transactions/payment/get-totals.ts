import { canonicalize, contractTotals } from '@caizheng/records'
import { State } from '../../business/state.js'
import type { CallContext } from '../../contracts/call-context.js'
import { malformed, readJson } from '../../guards/input.js'

/** A contract's totals, for `charter` to settle by. @throws {Refusal} `RECORD_NOT_FOUND` */
export async function getTotals(context: CallContext, argument: string): Promise<string> {
  const { contractNo } = readJson('request', argument, (value) => value as { readonly contractNo?: unknown })
  if (typeof contractNo !== 'string') throw malformed('request', [{ at: '/contractNo', problem: 'must be a string' }])
  return canonicalize(await new State(context.stub).load(contractTotals, contractNo))
}
