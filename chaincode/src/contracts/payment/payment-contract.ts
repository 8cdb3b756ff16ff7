import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { submitApplication } from '../../transactions/payment/submit-application.js'
import { approveApplication } from '../../transactions/payment/approve-application.js'
import { recordBankReceipt } from '../../transactions/payment/record-bank-receipt.js'
import { proposeSpecialApproval } from '../../transactions/payment/propose-special-approval.js'
import { confirmSpecialApproval } from '../../transactions/payment/confirm-special-approval.js'
import { recordOpeningBalance } from '../../transactions/payment/record-opening-balance.js'
import { confirmOpeningBalance } from '../../transactions/payment/confirm-opening-balance.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** Payment applications, their approvals, vouchers and bank receipts; special approvals and opening balances. */
@Info({ title: 'PaymentContract', description: 'Applications, vouchers, receipts' })
export class PaymentContract extends CaizhengContract {
  constructor() {
    super('PaymentContract')
  }

  @Transaction()
  @Returns('string')
  SubmitApplication(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, submitApplication, request)
  }

  @Transaction()
  @Returns('string')
  ApproveApplication(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, approveApplication, request)
  }

  @Transaction()
  @Returns('string')
  RecordBankReceipt(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordBankReceipt, request)
  }

  @Transaction()
  @Returns('string')
  ProposeSpecialApproval(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, proposeSpecialApproval, request)
  }

  @Transaction()
  @Returns('string')
  ConfirmSpecialApproval(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, confirmSpecialApproval, request)
  }

  @Transaction()
  @Returns('string')
  RecordOpeningBalance(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, recordOpeningBalance, request)
  }

  @Transaction()
  @Returns('string')
  ConfirmOpeningBalance(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, confirmOpeningBalance, request)
  }
}
