import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { publishDisclosure } from '../../transactions/charter/publish-disclosure.js'
import { witnessRecord } from '../../transactions/charter/witness-record.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** What comes after the works: publication, witness, final account, evaluation, closing. */
@Info({ title: 'ClosingContract', description: 'Publication, final account, evaluation and closing of projects' })
export class ClosingContract extends CaizhengContract {
  constructor() {
    super('ClosingContract')
  }

  @Transaction()
  @Returns('string')
  PublishDisclosure(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, publishDisclosure, request)
  }

  @Transaction()
  @Returns('string')
  WitnessRecord(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, witnessRecord, request)
  }
}
