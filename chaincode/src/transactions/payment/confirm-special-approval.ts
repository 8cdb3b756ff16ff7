import {
  applications,
  specialApprovalConfirmation,
  specialApprovals,
  type SpecialApprovalConfirmation,
} from '@caizheng/records'
import { countPayment } from '../../business/count-payment.js'
import { judgeAgain } from '../../business/judge-again.js'
import { judgePayment } from '../../business/judge-payment.js'
import { ofContract } from '../../business/of-contract.js'
import { paymentRecords } from '../../business/payment-facts.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { R46Confirmation } from '../../rules/r46-special-approval.js'

/**
 * 特批, confirmed by a second person of another organisation (R46): the application becomes PAYABLE, keeps its broken verdicts,
 * and stands on the exceptions list for ever. What holds it now and did not then refuses.
 */
export const confirmSpecialApproval: TransactionType<SpecialApprovalConfirmation> = {
  name: 'ConfirmSpecialApproval',
  exception: 'SPECIAL_APPROVAL',
  request: specialApprovalConfirmation,
  authority: [{ role: 'OWNER_PROJECT_LEAD', of: 'owner' }, { role: 'FINANCE_APPROVER' }, { role: 'FINANCE_REVIEWER' }],
  place: async ({ approvalNo }, state) => {
    const { applicationNo } = await state.load(specialApprovals, approvalNo)
    return ofContract(await state.load(applications, applicationNo), state)
  },
  async run(call) {
    const {
      request: { approvalNo },
      actor,
      state,
      moment,
      judgement,
      tx,
    } = call
    const { time } = moment
    const approval = await state.load(specialApprovals, approvalNo)
    requireStatus(approval, 'PROPOSED')
    const application = await state.load(applications, approval.applicationNo)
    requireStatus(application, 'HELD')
    const proposer = { key: approval.proposedBy, uscc: approval.proposerUscc }
    judgement.apply(R46Confirmation, { proposer, confirmer: actor })
    // Since it was held, another may have taken its period, its quota, its invoice. How old an attestation is was asked at the
    // application (R11).
    const records = await paymentRecords(state, application)
    const submitted = { ...moment, time: application.steps[0]?.at ?? time }
    judgeAgain(call, application, (again) => judgePayment(again, application, records, submitted))
    judgement.refuse()
    const event = { time, tx }
    await countPayment(state, application.applicationNo, application, event)
    const steps = [...application.steps, { status: 'PAYABLE' as const, at: time }]
    const payable = { ...application, status: 'PAYABLE' as const, steps, specialApproval: approvalNo, ...event }
    await state.save(applications, [application.applicationNo], payable)
    const record = { ...approval, status: 'CONFIRMED' as const, confirmedBy: actor.key, ...event }
    await state.save(specialApprovals, [approvalNo], record)
    return { record: payable }
  },
}
