import { bids, openRequest, tenders, type OpenRequest } from '@caizheng/records'
import { ofProject } from '../../business/of-contract.js'
import type { TransactionType } from '../../business/transaction.js'
import { sha256 } from '../../identity/submitter.js'
import { Refusal } from '../../refusals/refusal.js'

/**
 * The opening of a sealed bid by its bidder. The chain knows the deadline's day only, so a price is opened from the day after:
 * nobody can seal one who has seen another.
 *
 * @throws {Refusal} `RULES_BROKEN` R33 where price and salt are not what was sealed
 */
export const openBid: TransactionType<OpenRequest> = {
  name: 'OpenBid',
  request: openRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER' }],
  place: ofProject,
  async run({ request, actor, state, moment: { time, day }, judgement, tx }) {
    const { projectCode, tenderNo, amountFen, salt } = request
    const { bidDeadline } = await state.load(tenders, projectCode, tenderNo)
    if (day <= bidDeadline) throw new Refusal('STATUS_CONFLICT', { bidDeadline, today: day })
    const bid = await state.load(bids, projectCode, tenderNo, actor.uscc)
    if (bid.amountFen !== undefined) throw new Refusal('RECORD_EXISTS', { kind: 'bid', id: [projectCode, tenderNo] })
    const actual = sha256(Buffer.from(`${salt}:${amountFen}`))
    if (actual !== bid.sealed) {
      judgement.add('R33', [{ outcome: 'REJECT', case: 'SEALED', expected: bid.sealed, actual }]).refuse()
    }
    const record = { ...bid, amountFen, salt, time, tx }
    await state.save(bids, [projectCode, tenderNo, actor.uscc], record)
    return { record }
  },
}
