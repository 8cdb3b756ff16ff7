import {
  applications,
  specialApprovalConfirmation,
  specialApprovals,
  type Application,
  type RuleId,
  type SpecialApproval,
  type SpecialApprovalConfirmation,
} from '@caizheng/records'
import { countPayment } from '../../business/count-payment.js'
import { judgePayment } from '../../business/judge-payment.js'
import { Judgement } from '../../business/judgement.js'
import { ofContract } from '../../business/of-contract.js'
import { paymentRecords } from '../../business/payment-facts.js'
import { requireStatus } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { R46Confirmation } from '../../rules/r46-special-approval.js'

/**
 * 特批, confirmed by a second person of another organisation (R46): the application becomes PAYABLE, keeps its broken verdicts,
 * and stands on the exceptions list for ever. What holds it now and isn't named by the approval refuses.
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
      moment: { time },
      judgement,
      tx,
    } = call
    const approval = await state.load(specialApprovals, approvalNo)
    requireStatus(approval, 'PROPOSED')
    const application = await state.load(applications, approval.applicationNo)
    requireStatus(application, 'HELD')
    const proposer = { key: approval.proposedBy, uscc: approval.proposerUscc }
    judgement.apply(R46Confirmation, { proposer, confirmer: actor })
    await judgeAgain(call, application, approval)
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

/**
 * Judges the application by the records of now: since it was held, another may have taken its period, its quota, its invoice.
 * What the approval doesn't name refuses. How old an attestation is was asked at the application (R11).
 */
async function judgeAgain(
  { state, settings, moment, judgement }: Call<SpecialApprovalConfirmation>,
  application: Application,
  { overriddenRules }: SpecialApproval,
): Promise<void> {
  const again = new Judgement(settings, moment.day)
  const time = application.steps[0]?.at ?? moment.time
  judgePayment(again, application, await paymentRecords(state, application), { ...moment, time })
  for (const verdict of again.verdicts) {
    const { outcome, expected, actual } = verdict
    const rule = verdict.rule as RuleId
    if (outcome !== 'HOLD' || again.shadow.includes(rule) || overriddenRules.includes(rule)) continue
    const which = verdict.case === undefined ? {} : { case: verdict.case }
    judgement.add(rule, [{ outcome: 'REJECT', ...which, expected, actual }])
  }
}
