import { awardRequest, bids, projects, tenders, type AwardRequest, type Tender } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { ofProject } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { R33Award } from '../../rules/r33-tender.js'

/** 定标: the bids and who won (R33); once for each tender. */
export const recordAward: TransactionType<AwardRequest> = {
  name: 'RecordAward',
  request: awardRequest,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofProject,
  async run({ request, actor, state, moment: { time }, judgement, tx, context }) {
    const { projectCode, tenderNo, document, ...award } = request
    const tender = await state.load(tenders, projectCode, tenderNo)
    if (tender.award !== undefined) throw new Refusal('RECORD_EXISTS', { kind: 'award', id: [projectCode, tenderNo] })
    const winning = award.bids.find(({ bidder }) => bidder === award.winner)
    const { category, tenderCeilingFen, noticeDate, bidDeadline } = tender
    judgement.apply(R33Award, {
      ...award,
      category,
      noticeDate,
      bidDeadline,
      ceilingFen: BigInt(tenderCeilingFen),
      winningPriceFen: BigInt(award.winningPriceFen),
      winningBidFen: winning === undefined ? undefined : BigInt(winning.amountFen),
    })
    const sealed = await state.find(bids, projectCode, tenderNo, award.winnerUscc)
    if (sealed !== undefined && sealed.amountFen !== award.winningPriceFen) {
      const expected = sealed.amountFen ?? 'the sealed bid opened'
      judgement.add('R33', [{ outcome: 'REJECT', case: 'OPENED', expected, actual: award.winningPriceFen }])
    }
    judgement.refuse()
    const record: Tender = { ...tender, award, time, tx }
    await state.save(tenders, [projectCode, tenderNo], record)
    const project = await state.load(projects, projectCode)
    const gates = { ...project.gates, AWARD: award.awardDate }
    await state.save(projects, [projectCode], { ...project, gates, time, tx })
    if (document !== undefined) await anchor(context, projectCode, actor.uscc, document)
    return { record }
  },
}
