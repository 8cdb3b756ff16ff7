import { contracts, invoiceRequest, invoices, projects, type Invoice, type InvoiceRequest } from '@caizheng/records'
import { anchor } from '../../business/anchor.js'
import type { TransactionType } from '../../business/transaction.js'
import { Refusal } from '../../refusals/refusal.js'
import { R09 } from '../../rules/r09-invoice-owner.js'
import { R10 } from '../../rules/r10-invoice-arithmetic.js'

/** Registers an invoice and binds it to its contract for ever (R09, R10). The owner registers those of other costs. */
export const registerInvoice: TransactionType<InvoiceRequest> = {
  name: 'RegisterInvoice',
  request: invoiceRequest,
  authority: [
    { role: 'CONTRACTOR_CLERK', of: 'contractor' },
    { role: 'OWNER_PAYMENT_OFFICER', of: 'owner' },
  ],
  place: async ({ projectCode, contractNo }, state) => {
    const { ownerUscc: owner } = await state.load(projects, projectCode)
    const contractor = (await state.find(contracts, contractNo))?.contractorUscc
    return { project: projectCode, parties: { owner, ...(contractor === undefined ? {} : { contractor }) } }
  },
  async run({ request, actor, state, moment: { time, day }, judgement, tx, context }) {
    const { document, kind: invoiceKind, ...rest } = request
    const { invoiceNo, projectCode, contractNo, issueDate, taxRateBp, lineCount } = rest
    const existing = await state.find(invoices, invoiceNo)
    judgement
      .apply(R09, { bound: existing, presented: { projectCode, contractNo }, outcome: 'REJECT' })
      .apply(R10, {
        invoiceNo,
        issueDate,
        today: day,
        netFen: BigInt(rest.netFen),
        taxFen: BigInt(rest.taxFen),
        grossFen: BigInt(rest.grossFen),
        taxRateBp,
        lineCount,
      })
      .refuse()
    if (existing !== undefined) {
      const stated = Object.entries({ ...rest, invoiceKind })
      const same = stated.every(([name, value]) => existing[name as keyof Invoice] === value)
      if (!same) throw new Refusal('RECORD_EXISTS', { kind: 'invoice', id: [invoiceNo] })
      return { record: existing }
    }
    const record: Invoice = {
      kind: 'invoice',
      version: 1,
      ...rest,
      invoiceKind,
      usedFen: '0',
      anchor: await anchor(context, projectCode, actor.uscc, document),
      time,
      tx,
    }
    await state.create(invoices, [invoiceNo], record)
    return { record }
  },
}
