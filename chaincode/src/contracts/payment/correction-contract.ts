import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { recordBankReturn } from '../../transactions/payment/record-bank-return.js'
import { reissueVoucher } from '../../transactions/payment/reissue-voucher.js'
import { reverseApplication } from '../../transactions/payment/reverse-application.js'
import { recordRefund } from '../../transactions/payment/record-refund.js'
import { proposeAccountChange } from '../../transactions/payment/propose-account-change.js'
import { signAccountChange } from '../../transactions/payment/sign-account-change.js'
import { purgeAccount } from '../../transactions/payment/purge-account.js'
import { liftFreeze, recordFreeze } from '../../transactions/payment/freeze.js'
import { releaseVoucher } from '../../transactions/payment/release-voucher.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** What real life puts right afterwards: bank returns, reversals, refunds, changes of payee, freezes. */
@Info({ title: 'CorrectionContract', description: 'Returns, reversals, refunds, changes of payee, freezes' })
export class CorrectionContract extends CaizhengContract {
  constructor() {
    super('CorrectionContract')
  }

  @Transaction()
  @Returns('string')
  RecordBankReturn(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordBankReturn, request)
  }

  @Transaction()
  @Returns('string')
  ReissueVoucher(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, reissueVoucher, request)
  }

  @Transaction()
  @Returns('string')
  ReverseApplication(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, reverseApplication, request)
  }

  @Transaction()
  @Returns('string')
  RecordRefund(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordRefund, request)
  }

  @Transaction()
  @Returns('string')
  ProposeAccountChange(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, proposeAccountChange, request)
  }

  @Transaction()
  @Returns('string')
  SignAccountChange(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, signAccountChange, request)
  }

  @Transaction()
  @Returns('string')
  PurgeAccount(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, purgeAccount, request)
  }

  @Transaction()
  @Returns('string')
  RecordFreeze(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordFreeze, request)
  }

  @Transaction()
  @Returns('string')
  ReleaseVoucher(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, releaseVoucher, request)
  }

  @Transaction()
  @Returns('string')
  LiftFreeze(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, liftFreeze, request)
  }
}
