import { tenderNoticeRequest, tenders, type Tender, type TenderNoticeRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { ofProject } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { R33Notice } from '../../rules/r33-tender.js'

/** 招标公告: the ceiling and the days for bids (R33). */
export const recordTenderNotice: TransactionType<TenderNoticeRequest> = {
  name: 'RecordTenderNotice',
  request: tenderNoticeRequest,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: ofProject,
  async run({ request: { document, ...notice }, actor, state, moment: { time }, judgement, tx, context }) {
    const { projectCode, tenderNo, category, tenderCeilingFen, noticeDate, bidDeadline } = notice
    judgement.apply(R33Notice, { category, ceilingFen: BigInt(tenderCeilingFen), noticeDate, bidDeadline }).refuse()
    const record: Tender = { kind: 'tender', version: 1, ...notice, time, tx }
    const created = await state.create(tenders, [projectCode, tenderNo], record)
    if (created && document !== undefined) await anchor(context, projectCode, actor.uscc, document)
    return { record: await state.load(tenders, projectCode, tenderNo) }
  },
}
