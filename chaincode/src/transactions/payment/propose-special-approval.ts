import {
  applications,
  specialApprovalRequest,
  specialApprovals,
  type SpecialApproval,
  type SpecialApprovalRequest,
} from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import { holding } from '../../business/judge-again.js'
import { ofContract } from '../../business/of-contract.js'
import { requireStatus } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { R46Proposal } from '../../rules/r46-special-approval.js'

/** 特批, as the first person proposes it: the reason, the deciding document, every rule that it overrides (R46). */
export const proposeSpecialApproval: TransactionType<SpecialApprovalRequest> = {
  name: 'ProposeSpecialApproval',
  request: specialApprovalRequest,
  authority: [{ role: 'FINANCE_APPROVER' }, { role: 'OWNER_PROJECT_LEAD', of: 'owner' }],
  place: async ({ applicationNo }, state) => ofContract(await state.load(applications, applicationNo), state),
  async run({ request: { document, ...proposal }, actor, state, moment: { time }, judgement, tx, context }) {
    const { approvalNo, applicationNo, overriddenRules } = proposal
    const application = await state.load(applications, applicationNo)
    requireStatus(application, 'HELD')
    if ((await state.find(specialApprovals, approvalNo)) !== undefined) {
      throw new Refusal('RECORD_EXISTS', { kind: 'specialApproval', id: [approvalNo] })
    }
    judgement
      .apply(R46Proposal, {
        overridden: overriddenRules,
        holding: [...new Set(holding(application).map(({ rule }) => rule))],
        document: document !== undefined,
      })
      .refuse()
    const record: SpecialApproval = {
      kind: 'specialApproval',
      version: 1,
      ...proposal,
      status: 'PROPOSED',
      proposedBy: actor.key,
      proposerUscc: actor.uscc,
      anchor: await anchor(context, application.projectCode, actor.uscc, document as NonNullable<typeof document>),
      time,
      tx,
    }
    await state.create(specialApprovals, [approvalNo], record)
    return { record }
  },
}
