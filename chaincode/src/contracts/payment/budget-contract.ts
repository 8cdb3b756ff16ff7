import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { setBudgetSubItems } from '../../transactions/payment/set-budget-sub-items.js'
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
}
