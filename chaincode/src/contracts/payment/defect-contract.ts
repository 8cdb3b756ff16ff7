import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { clearDefect } from '../../transactions/payment/clear-defect.js'
import { recordDefect } from '../../transactions/payment/record-defect.js'
import { releaseGuarantee } from '../../transactions/payment/release-guarantee.js'
import { signDefectsClear } from '../../transactions/payment/sign-defects-clear.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** What stays open after acceptance: defects, and the guarantees that are held for them. */
@Info({ title: 'DefectContract', description: 'Defects and the release of guarantees' })
export class DefectContract extends CaizhengContract {
  constructor() {
    super('DefectContract')
  }

  @Transaction()
  @Returns('string')
  RecordDefect(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordDefect, request)
  }

  @Transaction()
  @Returns('string')
  ClearDefect(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, clearDefect, request)
  }

  @Transaction()
  @Returns('string')
  SignDefectsClear(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, signDefectsClear, request)
  }

  @Transaction()
  @Returns('string')
  ReleaseGuarantee(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, releaseGuarantee, request)
  }
}
