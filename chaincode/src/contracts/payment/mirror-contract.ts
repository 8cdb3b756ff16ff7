import { Info, Returns, Transaction } from 'fabric-contract-api'
import { commitContract } from '../../transactions/payment/commit-contract.js'
import { getTotals } from '../../transactions/payment/get-totals.js'
import { putMirrored } from '../../transactions/payment/put-mirrored.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** What `charter` calls: copies of its records, for payments to read. */
@Info({ title: 'MirrorContract', description: 'Copies of what charter holds' })
export class MirrorContract extends CaizhengContract {
  constructor() {
    super('MirrorContract')
  }

  @Transaction()
  @Returns('string')
  Put(ctx: CallContext, request: string): Promise<string> {
    return putMirrored(ctx, request)
  }

  @Transaction()
  @Returns('string')
  CommitContract(ctx: CallContext, request: string): Promise<string> {
    return commitContract(ctx, request)
  }

  @Transaction()
  @Returns('string')
  GetTotals(ctx: CallContext, request: string): Promise<string> {
    return getTotals(ctx, request)
  }
}
