import { Info, Returns, Transaction } from 'fabric-contract-api'
import { getHistory } from '../../queries/history.js'
import { getRecords } from '../../queries/get-records.js'
import { listRecords } from '../../queries/list-records.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** What auditors ask of `charter` and of `payment`, each of its own records. Nothing here writes. */
@Info({ title: 'QueryContract', description: 'Questions about records, their past and their proof' })
export class QueryContract extends CaizhengContract {
  constructor() {
    super('QueryContract')
  }

  @Transaction(false)
  @Returns('string')
  GetRecords(ctx: CallContext, keys: string): Promise<string> {
    return getRecords(ctx.stub, keys)
  }

  @Transaction(false)
  @Returns('string')
  ListRecords(ctx: CallContext, question: string): Promise<string> {
    return listRecords(ctx.stub, question)
  }

  @Transaction(false)
  @Returns('string')
  GetHistory(ctx: CallContext, key: string): Promise<string> {
    return getHistory(ctx.stub, key)
  }
}
