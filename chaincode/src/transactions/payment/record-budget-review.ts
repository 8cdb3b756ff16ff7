import { reviewRequest, reviews, type Review, type ReviewRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import type { TransactionType } from '../../business/transaction.js'
import { R29Review } from '../../rules/r29-review.js'

/** 财政投资评审: submitted, approved, and the reduction that follows from them (R29). */
export const recordBudgetReview: TransactionType<ReviewRequest> = {
  name: 'RecordBudgetReview',
  request: reviewRequest,
  authority: [{ role: 'FINANCE_REVIEWER' }],
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run({ request: { document, ...review }, actor, state, moment: { time }, judgement, tx, context }) {
    const { projectCode, reviewNo, submittedFen, approvedFen, reductionFen, reductionRateBp } = review
    judgement
      .apply(R29Review, {
        submittedFen: BigInt(submittedFen),
        approvedFen: BigInt(approvedFen),
        reductionFen: BigInt(reductionFen),
        reductionRateBp,
      })
      .refuse()
    const anchored = await anchor(context, projectCode, actor.uscc, document)
    const record: Review = { kind: 'review', version: 1, ...review, anchor: anchored, time, tx }
    await state.create(reviews, [projectCode, reviewNo], record)
    return { record: await state.load(reviews, projectCode, reviewNo) }
  },
}
