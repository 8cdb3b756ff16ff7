import {
  contracts,
  persons,
  settlementApproval,
  settlements,
  type ContractTotals,
  type Settlement,
  type SettlementApproval,
} from '@caizheng/records'
import { ofContract } from '../../business/of-contract.js'
import { paymentTotals } from '../../business/payment-totals.js'
import { requireSettlement } from '../../business/settlement.js'
import { requireStatus } from '../../business/status.js'
import type { Call, TransactionType } from '../../business/transaction.js'
import { R06 } from '../../rules/r06-retention.js'
import { R18 } from '../../rules/r18-duties.js'
import { R29Review } from '../../rules/r29-review.js'
import { R29Days, R29Settlement } from '../../rules/r29-settlement.js'

/**
 * 结算审定, by finance. Every node recomputes its arithmetic (R29) and the retention (R06) from the totals that `payment` has in
 * the same transaction, and the record keeps the head, the number and the sums of the contract's vouchers. Nothing of progress
 * is paid, measured or changed afterwards.
 *
 * @throws {Refusal} `RULES_BROKEN`: R06, R18, R29, every broken one
 */
export const approveSettlement: TransactionType<SettlementApproval> = {
  name: 'ApproveSettlement',
  request: settlementApproval,
  authority: [{ role: 'FINANCE_REVIEWER' }],
  duty: 'R18',
  place: ofContract,
  async run(call) {
    const { request, actor, state, moment, judgement, tx, context } = call
    const { contractNo, settlementNo, overpaidFen = '0' } = request
    const settlement = await requireSettlement(state, contractNo, settlementNo)
    requireStatus(settlement, 'REVIEWED')
    const totals = await paymentTotals(context, contractNo)
    await judgeDuties(call, settlement)
    judgeAmounts(call, settlement, totals)
    judgement.refuse()
    const { vouchers, head, vouchersFen, cancelledFen, refundedFen, certifiedFen } = totals
    const chain = { vouchers, head, vouchersFen, cancelledFen, refundedFen, certifiedFen }
    const event = { time: moment.time, tx }
    const contract = await state.load(contracts, contractNo)
    await state.save(contracts, [contractNo], { ...contract, status: 'SETTLED', settledOn: moment.day, ...event })
    const by = { approvedOn: moment.day, approvedBy: actor.key }
    const approval = { ...settledBy(request), overpaidFen, ...by, chain }
    const record = { ...settlement, status: 'APPROVED' as const, approval, ...event }
    await state.save(settlements, [contractNo], record)
    return { record }
  },
}

function settledBy(request: Call<SettlementApproval>['request']) {
  const { approvedFen, reductionFen, reductionRateBp, paidFen, payableFen, cashRetentionFen, guaranteeFen } = request
  return { approvedFen, reductionFen, reductionRateBp, paidFen, payableFen, cashRetentionFen, guaranteeFen }
}

async function judgeDuties({ actor, state, judgement }: Call<SettlementApproval>, settlement: Settlement) {
  const creator = await state.load(persons, settlement.submittedBy)
  judgement.apply(R18, {
    persons: [
      { duty: 'creator', ...creator },
      ...(settlement.review === undefined ? [] : [{ duty: 'signer', ...settlement.review }]),
      { duty: 'approver', ...actor },
    ],
    creatorUscc: creator.uscc,
    approverUsccs: [actor.uscc],
  })
}

function judgeAmounts(
  { request, moment, judgement }: Call<SettlementApproval>,
  was: Settlement,
  totals: ContractTotals,
) {
  const { submittedFen, approvedFen, reductionFen, paidFen, payableFen, cashRetentionFen, guaranteeFen } =
    amountsOf(request)
  const refunded = BigInt(totals.refundedFen)
  judgement
    .apply(R29Review, { submittedFen, approvedFen, reductionFen, reductionRateBp: request.reductionRateBp })
    .apply(R29Settlement, {
      ...{ submittedFen, approvedFen, paidFen, payableFen, cashRetentionFen },
      overpaidFen: BigInt(request.overpaidFen ?? '0'),
      recordedFen: BigInt(was.submittedFen),
      reviewedFen: BigInt(was.review?.approvedFen ?? '0'),
      ledgerFen: BigInt(totals.cashFen) - refunded,
      vouchersFen: BigInt(totals.vouchersFen) - BigInt(totals.cancelledFen) - refunded,
      chain: totals,
      seen: request.chain,
    })
    .apply(R29Days, { submittedOn: was.submittedOn, submittedFen: BigInt(was.submittedFen), on: moment.day })
    .apply(R06, { approvedFen, cashRetentionFen, guaranteeFen, heldFen: BigInt(totals.qualityGuaranteeFen) })
}

function amountsOf(request: Call<SettlementApproval>['request']) {
  return {
    submittedFen: BigInt(request.submittedFen),
    approvedFen: BigInt(request.approvedFen),
    reductionFen: BigInt(request.reductionFen),
    paidFen: BigInt(request.paidFen),
    payableFen: BigInt(request.payableFen),
    cashRetentionFen: BigInt(request.cashRetentionFen),
    guaranteeFen: BigInt(request.guaranteeFen),
  }
}
