import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { approveSettlement } from '../../transactions/charter/approve-settlement.js'
import { confirmAcceptance } from '../../transactions/charter/confirm-acceptance.js'
import { fileAcceptance } from '../../transactions/charter/file-acceptance.js'
import { getCompleteness } from '../../transactions/charter/get-completeness.js'
import { openAcceptance } from '../../transactions/charter/open-acceptance.js'
import { reportCompletion } from '../../transactions/charter/report-completion.js'
import { reviewSettlement } from '../../transactions/charter/review-settlement.js'
import { signAcceptance } from '../../transactions/charter/sign-acceptance.js'
import { signSettlement } from '../../transactions/charter/sign-settlement.js'
import { submitSettlement } from '../../transactions/charter/submit-settlement.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** Completion, acceptance and settlement of contracts. */
@Info({ title: 'SettlementContract', description: 'Completion, acceptance and settlement' })
export class SettlementContract extends CaizhengContract {
  constructor() {
    super('SettlementContract')
  }

  @Transaction()
  @Returns('string')
  ReportCompletion(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, reportCompletion, request)
  }

  @Transaction()
  @Returns('string')
  OpenAcceptance(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, openAcceptance, request)
  }

  @Transaction()
  @Returns('string')
  SignAcceptance(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, signAcceptance, request)
  }

  @Transaction()
  @Returns('string')
  ConfirmAcceptance(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, confirmAcceptance, request)
  }

  @Transaction()
  @Returns('string')
  FileAcceptance(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, fileAcceptance, request)
  }

  @Transaction()
  @Returns('string')
  SubmitSettlement(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, submitSettlement, request)
  }

  @Transaction()
  @Returns('string')
  ReviewSettlement(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, reviewSettlement, request)
  }

  @Transaction()
  @Returns('string')
  ApproveSettlement(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, approveSettlement, request)
  }

  @Transaction()
  @Returns('string')
  SignSettlement(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, signSettlement, request)
  }

  @Transaction(false)
  @Returns('string')
  GetCompleteness(ctx: CallContext, contractNo: string): Promise<string> {
    return getCompleteness(ctx, contractNo)
  }
}
