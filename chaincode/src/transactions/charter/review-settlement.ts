import { contracts, settlementReview, settlements, type SettlementReview } from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { requireSettlement } from '../../business/settlement.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { R18 } from '../../rules/r18-duties.js'
import { R29Reviewed } from '../../rules/r29-settlement.js'

/** 结算审核, by an engineer of the cost consultant, who is not of the contractor's (R18); again, until finance has approved. */
export const reviewSettlement: TransactionType<SettlementReview> = {
  name: 'ReviewSettlement',
  request: settlementReview,
  authority: [{ role: 'COST_ENGINEER' }],
  place: ofContract,
  async run({ request, actor, state, moment: { time, day }, judgement, tx }) {
    const { contractNo, settlementNo, approvedFen } = request
    const settlement = await requireSettlement(state, contractNo, settlementNo)
    requireStatus(settlement, 'SUBMITTED', 'REVIEWED')
    const { contractorUscc, jointUsccs = [] } = await state.load(contracts, contractNo)
    const { key, role, uscc } = actor
    judgement
      .apply(R18, {
        persons: [
          { duty: 'creator', key: settlement.submittedBy, uscc: contractorUscc },
          { duty: 'signer', key, uscc },
        ],
        creatorUscc: jointUsccs.find((joint) => joint === uscc) ?? contractorUscc,
        approverUsccs: [uscc],
      })
      .apply(R29Reviewed, { submittedFen: BigInt(settlement.submittedFen), approvedFen: BigInt(approvedFen) })
      .refuse()
    const review = { approvedFen, reviewedOn: day, key, role, uscc, time }
    const record = { ...settlement, status: 'REVIEWED' as const, review, time, tx }
    await state.save(settlements, [contractNo], record)
    return { record }
  },
}
