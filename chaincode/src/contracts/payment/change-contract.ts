import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { proposeChangeOrder } from '../../transactions/payment/propose-change-order.js'
import { signChangeOrder } from '../../transactions/payment/sign-change-order.js'
import { approveChangeOrder } from '../../transactions/payment/approve-change-order.js'
import { withdrawChangeOrder } from '../../transactions/payment/withdraw-change-order.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** Changes of contracts. */
@Info({ title: 'ChangeContract', description: 'Changes of contracts' })
export class ChangeContract extends CaizhengContract {
  constructor() {
    super('ChangeContract')
  }

  @Transaction()
  @Returns('string')
  ProposeChangeOrder(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, proposeChangeOrder, request)
  }

  @Transaction()
  @Returns('string')
  SignChangeOrder(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, signChangeOrder, request)
  }

  @Transaction()
  @Returns('string')
  ApproveChangeOrder(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, approveChangeOrder, request)
  }

  @Transaction()
  @Returns('string')
  WithdrawChangeOrder(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, withdrawChangeOrder, request)
  }
}
