import {
  budgets,
  invoices,
  otherCostRequest,
  otherCosts,
  type OtherCost,
  type OtherCostRequest,
} from '@caizheng/records'
import { ceilingFacts } from '../../business/commitments.js'
import { anchor } from '../../business/anchor.js'
import { quotaFacts } from '../../business/quotas.js'
import { ofProject } from '../../business/of-contract.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { check } from '../../rules/rule.js'
import { R01 } from '../../rules/r01-ceiling.js'
import { R09 } from '../../rules/r09-invoice-owner.js'
import { R45 } from '../../rules/r45-quota.js'

/** 工程建设其他费, as the owner records it (R01, R09, R45); finance approves it. */
export const recordOtherCost: TransactionType<OtherCostRequest> = {
  name: 'RecordOtherCost',
  request: otherCostRequest,
  authority: [{ role: 'OWNER_PAYMENT_OFFICER', of: 'owner' }],
  place: ofProject,
  async run(call) {
    const {
      request: { document, ...cost },
      actor,
      state,
      moment: { time },
      tx,
      context,
    } = call
    const { projectCode, costNo } = cost
    if ((await state.find(otherCosts, projectCode, costNo)) !== undefined) {
      throw new Refusal('RECORD_EXISTS', { kind: 'otherCost', id: [projectCode, costNo] })
    }
    await judgeOtherCost(call, cost)
    const record: OtherCost = {
      kind: 'otherCost',
      version: 1,
      ...cost,
      status: 'RECORDED',
      recordedBy: actor.key,
      time,
      tx,
    }
    await state.create(otherCosts, [projectCode, costNo], record)
    if (document !== undefined) await anchor(context, projectCode, actor.uscc, document)
    return { record }
  },
}

/** Judges a cost against budget, invoice and quotas of now: when it is recorded, and again when it is approved. */
export async function judgeOtherCost(
  { state, judgement }: Pick<Call<OtherCostRequest>, 'state' | 'judgement'>,
  cost: Omit<OtherCostRequest, 'at' | 'document'>,
): Promise<void> {
  const { projectCode, contractNo, amountFen, funding, invoiceNo, paidOn } = cost
  const budget = await state.load(budgets, projectCode)
  judgement.apply(R01, await ceilingFacts(state, budget, BigInt(amountFen)))
  const sum = funding.reduce((total, one) => total + BigInt(one.amountFen), 0n)
  if (sum !== BigInt(amountFen)) {
    judgement.add('R26', [{ outcome: 'REJECT', case: 'FUNDING', expected: amountFen, actual: String(sum) }])
  }
  if (invoiceNo !== undefined) {
    const bound = await state.load(invoices, invoiceNo)
    judgement.apply(R09, { bound, presented: { projectCode, contractNo }, claims: bound.claims, outcome: 'REJECT' })
    // What is left of an invoice is asked where it is this contract's own.
    if (bound.projectCode === projectCode && bound.contractNo === contractNo) {
      judgement.add('R08', [
        check(
          BigInt(bound.usedFen) + BigInt(amountFen) <=
            BigInt(bound.grossFen) - BigInt(bound.attestation?.redLetterFen ?? '0'),
          'REJECT',
          { case: 'AMOUNT', expected: `${invoiceNo} ≤ ${bound.grossFen}`, actual: `${bound.usedFen} + ${amountFen}` },
        ),
      ])
    }
  }
  const facts = await quotaFacts(state, projectCode, funding)
  judgement.apply(R45, { ...facts, year: Number(paidOn.slice(0, 4)), outcome: 'REJECT' }).refuse()
}
