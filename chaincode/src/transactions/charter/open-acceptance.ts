import {
  acceptanceRequest,
  acceptances,
  contracts,
  projects,
  type Acceptance,
  type AcceptanceRequest,
} from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { gatesOf } from '../../business/works.js'
import { Refusal } from '../../refusals/refusal.js'
import { R14 } from '../../rules/r14-gates.js'

/**
 * 组织竣工验收: the owner opens it and names the firms of survey and design, whose leads sign. Where an acceptance failed, it
 * opens another in its place.
 */
export const openAcceptance: TransactionType<AcceptanceRequest> = {
  name: 'OpenAcceptance',
  request: acceptanceRequest,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofContract,
  async run({ request: { document, ...fields }, actor, state, moment: { time, day }, judgement, tx, context }) {
    const { contractNo, acceptanceNo } = fields
    const contract = await state.load(contracts, contractNo)
    const { projectCode } = contract
    const gates = gatesOf(contract, await state.load(projects, projectCode))
    judgement.apply(R14, { step: 'ACCEPTANCE', on: day, gates, needs: ['COMPLETION'] }).refuse()
    requireStatus(contract, 'COMPLETED')
    const before = await state.find(acceptances, contractNo)
    if (before?.acceptanceNo === acceptanceNo) {
      throw new Refusal('RECORD_EXISTS', { kind: 'acceptance', id: [contractNo, acceptanceNo] })
    }
    const record: Acceptance = {
      kind: 'acceptance',
      version: 1,
      projectCode,
      ...fields,
      status: 'OPEN',
      openedBy: actor.key,
      signatures: [],
      anchor: await anchor(context, projectCode, actor.uscc, document),
      time,
      tx,
    }
    await state.save(acceptances, [contractNo], record)
    return { record }
  },
}
