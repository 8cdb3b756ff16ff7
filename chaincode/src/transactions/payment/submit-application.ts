import {
  applicationRequest,
  applications,
  judgements,
  settingOf,
  type Application,
  type ApplicationRequest,
} from '@caizheng/records'
import { countPayment } from '../../business/count-payment.js'
import { judgePayment } from '../../business/judge-payment.js'
import { noteClaims } from '../../business/note-claims.js'
import { ofContract } from '../../business/of-contract.js'
import { paymentRecords, type PaymentRecords } from '../../business/payment-facts.js'
import { requireProject, requireStatus } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { addDays } from '../../rules/days.js'
import { RULES_RELEASE } from '../../rules/release.js'
import { isProtected } from '../../rules/r44-audit-clause.js'
import { daysToPay } from '../../rules/r21-deadline.js'

/**
 * 支付申请. A well-formed one always commits: PAYABLE without any human step where every rule passes, HELD otherwise, with every
 * verdict. A HELD one reserves nothing; another one may take its place.
 *
 * @throws {Refusal} `STATUS_CONFLICT` where the contract isn't signed; `RECORD_EXISTS`
 */
export const submitApplication: TransactionType<ApplicationRequest> = {
  name: 'SubmitApplication',
  request: applicationRequest,
  authority: [{ role: 'CONTRACTOR_PROJECT_MANAGER', of: 'contractor' }],
  place: ofContract,
  async run(call) {
    const { request, actor, state, moment, judgement, settings, tx } = call
    const { kind: applicationKind, ...rest } = request
    const { applicationNo, projectCode, supersedes } = rest
    if ((await state.find(applications, applicationNo)) !== undefined) {
      throw new Refusal('RECORD_EXISTS', { kind: 'application', id: [applicationNo] })
    }
    const applied = { ...rest, applicationKind }
    const records = await paymentRecords(state, applied)
    requireProject(records.contract, projectCode)
    requireStatus(records.contract, 'SIGNED', 'STARTED', 'COMPLETED', 'ACCEPTED', 'SETTLED')
    if (supersedes !== undefined) await supersede(call, supersedes)
    judgePayment(judgement, applied, records, moment)
    judgement.refuse()
    const status = judgement.held ? 'HELD' : 'PAYABLE'
    const event = { time: moment.time, tx }
    if (status === 'PAYABLE') await countPayment(state, applicationNo, applied, event)
    else await noteClaims(state, applicationNo, applied, records, event)
    const dueOn = dueDay(call, records)
    const record: Application = {
      kind: 'application',
      version: 1,
      ...applied,
      status,
      verdicts: [...judgement.verdicts],
      shadow: [...judgement.shadow],
      settings: settings.number,
      release: RULES_RELEASE,
      ...(dueOn === undefined ? {} : { dueOn }),
      ...(moment.backfilled ? { backfilled: true as const } : {}),
      submittedBy: actor.key,
      steps: [{ status, at: moment.time }],
      paidVouchers: 0,
      ...event,
    }
    await state.create(applications, [applicationNo], record)
    const basis = judgement.basis()
    await state.put(judgements, [applicationNo], { kind: 'judgement', version: 1, applicationNo, ...basis, ...event })
    return { status, record }
  },
}

async function supersede(
  { request, state, moment: { time }, tx }: Call<ApplicationRequest>,
  no: string,
): Promise<void> {
  const held = await state.load(applications, no)
  requireStatus(held, 'HELD')
  if (held.contractNo !== request.contractNo) throw new Refusal('RECORD_NOT_FOUND', { kind: 'application', id: [no] })
  const steps = [...held.steps, { status: 'SUPERSEDED' as const, at: time }]
  await state.save(applications, [no], { ...held, status: 'SUPERSEDED', steps, time, tx })
}

/** The last day to pay by, of a small or private payee: from the owner's confirmation of the measure, or of the settlement (R21). */
function dueDay(
  { request, settings }: Call<ApplicationRequest>,
  { measure, settlement, contract, payee }: PaymentRecords,
): string | undefined {
  const confirmedOn = request.kind === 'SETTLEMENT' ? settlement?.confirmedOn : measure?.confirmedOn
  if (!isProtected(payee) || confirmedOn === undefined) return undefined
  return addDays(
    confirmedOn,
    daysToPay(contract.payDays, (name) => settingOf(settings, 'R21', name)),
  )
}
