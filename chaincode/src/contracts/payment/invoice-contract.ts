import { Info, Returns, Transaction } from 'fabric-contract-api'
import { run } from '../../business/run.js'
import { registerInvoice } from '../../transactions/payment/register-invoice.js'
import { attestInvoice } from '../../transactions/payment/attest-invoice.js'
import { CaizhengContract } from '../caizheng-contract.js'
// A value, not a type: the decorators' metadata must name the class, or contract-api counts it as a parameter.
import { CallContext } from '../call-context.js'

/** Invoices and the tax office's word on them. */
@Info({ title: 'InvoiceContract', description: 'Invoices and their attestations' })
export class InvoiceContract extends CaizhengContract {
  constructor() {
    super('InvoiceContract')
  }

  @Transaction()
  @Returns('string')
  RegisterInvoice(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, registerInvoice, request)
  }

  @Transaction()
  @Returns('string')
  AttestInvoice(ctx: CallContext, request: string): Promise<string> {
    return run(ctx, attestInvoice, request)
  }
}
