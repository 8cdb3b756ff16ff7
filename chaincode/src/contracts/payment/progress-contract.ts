import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { recordSiteEvidence } from '../../transactions/payment/record-site-evidence.js'
import { submitMeasure } from '../../transactions/payment/submit-measure.js'
import { signMeasure } from '../../transactions/payment/sign-measure.js'
import { confirmMeasure } from '../../transactions/payment/confirm-measure.js'
import { registerAccount } from '../../transactions/payment/register-account.js'
import { runTick } from '../../transactions/payment/run-tick.js'
import { stopWorks } from '../../transactions/payment/stop-works.js'
import { resumeWorks } from '../../transactions/payment/resume-works.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** Site evidence and measures: what was built, and who says so. */
@Info({ title: 'ProgressContract', description: 'Site evidence and measures: what was built, and who says so' })
export class ProgressContract extends CaizhengContract {
  constructor() {
    super('ProgressContract')
  }

  @Transaction()
  @Returns('string')
  RecordSiteEvidence(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordSiteEvidence, request)
  }

  @Transaction()
  @Returns('string')
  SubmitMeasure(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, submitMeasure, request)
  }

  @Transaction()
  @Returns('string')
  SignMeasure(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, signMeasure, request)
  }

  @Transaction()
  @Returns('string')
  ConfirmMeasure(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, confirmMeasure, request)
  }

  @Transaction()
  @Returns('string')
  RegisterAccount(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, registerAccount, request)
  }

  @Transaction()
  @Returns('string')
  RunTick(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, runTick, request)
  }

  @Transaction()
  @Returns('string')
  StopWorks(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, stopWorks, request)
  }

  @Transaction()
  @Returns('string')
  ResumeWorks(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, resumeWorks, request)
  }
}
