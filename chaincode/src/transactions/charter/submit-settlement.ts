import {
  contracts,
  projects,
  settlementRequest,
  settlements,
  type Contract,
  type Settlement,
  type SettlementRequest,
} from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { ofContract } from '../../business/of-contract.js'
import { requirePast } from '../../business/require-past.js'
import { requireStatus } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { without } from '../../business/without.js'
import { gatesOf } from '../../business/works.js'
import { Refusal } from '../../refusals/refusal.js'
import { R14 } from '../../rules/r14-gates.js'

/**
 * 竣工结算送审, after the acceptance (R14), or after a contract ended early. Until contractor and owner have signed one, another
 * may take its place.
 */
export const submitSettlement: TransactionType<SettlementRequest> = {
  name: 'SubmitSettlement',
  request: settlementRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }],
  place: ofContract,
  async run(call) {
    const { request, actor, state, moment, judgement, tx, context } = call
    const { document, ...fields } = request
    const { contractNo, submittedOn } = fields
    const contract = await state.load(contracts, contractNo)
    const { projectCode } = contract
    if (contract.terminatedOn === undefined) {
      const gates = gatesOf(contract, await state.load(projects, projectCode))
      judgement.apply(R14, { step: 'SETTLEMENT', on: submittedOn, gates, needs: ['ACCEPTANCE'] }).refuse()
    }
    requirePast({ submittedOn }, moment.day)
    await supersede(call, contract)
    const record: Settlement = {
      kind: 'settlement',
      version: 1,
      projectCode,
      ...fields,
      status: 'SUBMITTED',
      submittedBy: actor.key,
      signatures: [],
      anchor: await anchor(context, projectCode, actor.uscc, document),
      time: moment.time,
      tx,
    }
    await state.save(settlements, [contractNo], record)
    return { record }
  },
}

/** Takes the settlement away that this one replaces: one that not both have signed. An approved one opens the contract again. */
async function supersede({ request, state, moment: { time }, tx }: Call<SettlementRequest>, contract: Contract) {
  const { contractNo, settlementNo, supersedes } = request
  const before = await state.find(settlements, contractNo)
  if (before === undefined) {
    if (supersedes === undefined) return requireStatus(contract, 'ACCEPTED', 'TERMINATED')
    throw new Refusal('RECORD_NOT_FOUND', { kind: 'settlement', id: [contractNo, supersedes] })
  }
  if (supersedes !== before.settlementNo || settlementNo === before.settlementNo) {
    throw new Refusal('RECORD_EXISTS', { kind: 'settlement', id: [contractNo, before.settlementNo] })
  }
  requireStatus(before, 'SUBMITTED', 'REVIEWED', 'APPROVED')
  if (contract.status !== 'SETTLED') return
  const status = contract.terminatedOn === undefined ? ('ACCEPTED' as const) : ('TERMINATED' as const)
  await state.save(contracts, [contractNo], { ...without(contract, 'settledOn'), status, time, tx })
}
