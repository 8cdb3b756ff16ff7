import {
  accounts,
  applicationApproval,
  applications,
  contractTotals,
  persons,
  quotas,
  type Application,
  type ApplicationApproval,
  type Voucher,
} from '@caizheng/records'
import { issueVoucher } from '../../business/issue-voucher.js'
import { holding, judgeAgain, refuseAll } from '../../business/judge-again.js'
import { ofContract } from '../../business/of-contract.js'
import { quotaFacts } from '../../business/quotas.js'
import { requireStatus } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { R18 } from '../../rules/r18-duties.js'
import { R19Application } from '../../rules/r19-account.js'
import { R45 } from '../../rules/r45-quota.js'

/**
 * The owner's approval of a payable application, and then finance's, which issues one voucher for each line: numbered within
 * the contract and chained from its H0. A HELD one cannot be approved: the refusal repeats what holds it.
 */
export const approveApplication: TransactionType<ApplicationApproval> = {
  name: 'ApproveApplication',
  request: applicationApproval,
  authority: [
    { role: 'OWNER_PAYMENT_OFFICER', of: 'owner', when: { stage: 'OWNER' } },
    { role: 'FINANCE_APPROVER', when: { stage: 'FINANCE' } },
  ],
  duty: 'R18',
  place: async ({ applicationNo }, state) => ofContract(await state.load(applications, applicationNo), state),
  async run(call) {
    const {
      request: { applicationNo, stage },
      actor: { key },
      state,
      judgement,
    } = call
    const application = await state.load(applications, applicationNo)
    refuseHeld(call, application)
    requireStatus(application, stage === 'OWNER' ? 'PAYABLE' : 'OWNER_APPROVED')
    await judgeDuties(call, application)
    if (stage === 'OWNER') {
      return { record: await approved(call, application, 'OWNER_APPROVED', { ownerApprovedBy: key }) }
    }
    await judgeQuotas(call, application)
    await judgeAccounts(call, application)
    judgement.refuse()
    const issued = await issueVouchers(call, application)
    const by = { financeApprovedBy: key, firstVoucher: issued[0]?.number ?? 0 }
    return { record: { ...(await approved(call, application, 'APPROVED', by)), vouchers: issued } }
  },
}

/** What holds an application refuses its approval, by the same rules. */
function refuseHeld({ judgement }: Call<ApplicationApproval>, application: Application): void {
  if (application.status !== 'HELD') return
  refuseAll(judgement, holding(application))
  judgement.refuse()
}

async function judgeDuties({ actor, state, judgement }: Call<ApplicationApproval>, application: Application) {
  const { submittedBy, ownerApprovedBy } = application
  const creator = await state.load(persons, submittedBy)
  const before = ownerApprovedBy === undefined ? [] : [await state.load(persons, ownerApprovedBy)]
  judgement
    .apply(R18, {
      persons: [
        { duty: 'creator', ...creator },
        ...before.map((person) => ({ duty: 'owner', ...person })),
        { duty: 'approver', ...actor },
      ],
      creatorUscc: creator.uscc,
      approverUsccs: [...before.map(({ uscc }) => uscc), actor.uscc],
    })
    .refuse()
}

/** The quotas of now: they may have been cut since the application, which is counted in them already. */
async function judgeQuotas({ state, moment, judgement }: Call<ApplicationApproval>, application: Application) {
  const facts = await quotaFacts(state, application.projectCode, application.lines)
  const counted = facts.quotas.map((quota) => ({ ...quota, usedFen: quota.usedFen - quota.addedFen }))
  const year = Number(moment.day.slice(0, 4))
  judgement.apply(R45, { quotas: counted, unknown: facts.unknown, year, outcome: 'REJECT' })
}

/**
 * The accounts of now: a change of payee or a court's freeze may have come since the application. What R19 held and a special
 * approval let pass is not held again; what it holds otherwise is.
 */
async function judgeAccounts(call: Call<ApplicationApproval>, application: Application) {
  const { state } = call
  const { contractNo, lines } = application
  const registered: Record<string, string | undefined> = {}
  for (const account of new Set(lines.map((line) => line.account))) {
    registered[account] = (await state.find(accounts, contractNo, account))?.accountDigest
  }
  const { frozenBy } = await state.load(contractTotals, contractNo)
  judgeAgain(call, application, (again) => {
    again.apply(R19Application, { lines, registered, frozenBy, outcome: 'HOLD' })
  })
}

async function approved(
  { state, moment: { time }, tx }: Call<ApplicationApproval>,
  application: Application,
  status: 'OWNER_APPROVED' | 'APPROVED',
  by: Pick<Application, 'firstVoucher'> & { readonly [officer in 'ownerApprovedBy' | 'financeApprovedBy']?: string },
): Promise<Application> {
  const steps = [...application.steps, { status, at: time }]
  const record = { ...application, status, ...by, steps, time, tx }
  await state.save(applications, [application.applicationNo], record)
  return record
}

async function issueVouchers(
  { state, moment: { time }, tx }: Call<ApplicationApproval>,
  application: Application,
): Promise<Voucher[]> {
  const { applicationNo, projectCode, contractNo, lines } = application
  const freezePassed = holding(application).some(({ case: which }) => which === 'FROZEN')
  const issued: Voucher[] = []
  for (const line of lines) {
    const { fundSource } = await state.load(quotas, line.budgetQuotaNo)
    const content = { ...line, applicationNo, projectCode, contractNo, fundSource }
    issued.push(await issueVoucher(state, content, { time, tx }, freezePassed))
  }
  return issued
}
