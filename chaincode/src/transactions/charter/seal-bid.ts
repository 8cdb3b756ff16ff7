import { bids, sealRequest, tenders, type Bid, type SealRequest } from '@caizheng/records'
import { ofProject } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'

/**
 * A bidder's sealed price, until the tender's deadline: a digest that binds and, with its salt, tells nothing. A bid is handed in
 * once, by the firm for which its sender acts.
 */
export const sealBid: TransactionType<SealRequest> = {
  name: 'SealBid',
  request: sealRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER' }],
  place: ofProject,
  async run({ request: { projectCode, tenderNo, sealed }, actor, state, moment: { time, day }, tx }) {
    const { bidDeadline } = await state.load(tenders, projectCode, tenderNo)
    if (day > bidDeadline) throw new Refusal('STATUS_CONFLICT', { bidDeadline, today: day })
    const id = [projectCode, tenderNo, actor.uscc]
    const record: Bid = {
      kind: 'bid',
      version: 1,
      ...{ projectCode, tenderNo, bidderUscc: actor.uscc, sealed },
      time,
      tx,
    }
    await state.create(bids, id, record)
    return { record: await state.load(bids, ...id) }
  },
}
