import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { setBudgetSubItems } from '../../transactions/payment/set-budget-sub-items.js'
import { allocateQuota } from '../../transactions/payment/allocate-quota.js'
import { adjustQuota } from '../../transactions/payment/adjust-quota.js'
import { recordBudgetReview } from '../../transactions/payment/record-budget-review.js'
import { reallocateBudget } from '../../transactions/payment/reallocate-budget.js'
import { approveReallocation } from '../../transactions/payment/approve-reallocation.js'
import { recordOtherCost } from '../../transactions/payment/record-other-cost.js'
import { approveOtherCost } from '../../transactions/payment/approve-other-cost.js'
import { recordSuggestion } from '../../transactions/payment/record-suggestion.js'
import { recordGuarantee } from '../../transactions/payment/record-guarantee.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** Budgets, quotas, reviews, reallocations and other costs. */
@Info({ title: 'BudgetContract', description: 'Budgets, quotas and what is committed of them' })
export class BudgetContract extends CaizhengContract {
  constructor() {
    super('BudgetContract')
  }

  @Transaction()
  @Returns('string')
  SetBudgetSubItems(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, setBudgetSubItems, request)
  }

  @Transaction()
  @Returns('string')
  AllocateQuota(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, allocateQuota, request)
  }

  @Transaction()
  @Returns('string')
  AdjustQuota(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, adjustQuota, request)
  }

  @Transaction()
  @Returns('string')
  RecordBudgetReview(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordBudgetReview, request)
  }

  @Transaction()
  @Returns('string')
  ReallocateBudget(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, reallocateBudget, request)
  }

  @Transaction()
  @Returns('string')
  ApproveReallocation(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, approveReallocation, request)
  }

  @Transaction()
  @Returns('string')
  RecordOtherCost(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordOtherCost, request)
  }

  @Transaction()
  @Returns('string')
  ApproveOtherCost(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, approveOtherCost, request)
  }

  @Transaction()
  @Returns('string')
  RecordSuggestion(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordSuggestion, request)
  }

  @Transaction()
  @Returns('string')
  RecordGuarantee(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordGuarantee, request)
  }
}
