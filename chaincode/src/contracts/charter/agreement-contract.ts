import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { approveLargeChange } from '../../transactions/charter/approve-large-change.js'
import { countersignContract } from '../../transactions/charter/countersign-contract.js'
import { registerContract } from '../../transactions/charter/register-contract.js'
import { startWorks } from '../../transactions/charter/start-works.js'
import { terminateContract } from '../../transactions/charter/terminate-contract.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** Contracts of works, goods and services: their terms, their signatures, their start. */
@Info({ title: 'AgreementContract', description: 'Contracts of works, goods and services' })
export class AgreementContract extends CaizhengContract {
  constructor() {
    super('AgreementContract')
  }

  @Transaction()
  @Returns('string')
  RegisterContract(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, registerContract, request)
  }

  @Transaction()
  @Returns('string')
  CountersignContract(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, countersignContract, request)
  }

  @Transaction()
  @Returns('string')
  StartWorks(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, startWorks, request)
  }

  @Transaction()
  @Returns('string')
  TerminateContract(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, terminateContract, request)
  }

  @Transaction()
  @Returns('string')
  ApproveLargeChange(ctx: CallContext, request: string): Promise<string> {
    return approveLargeChange(ctx, request)
  }
}
