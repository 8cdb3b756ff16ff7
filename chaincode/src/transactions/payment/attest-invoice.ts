import { invoiceAttestation, invoices, type InvoiceAttestation } from '@caizheng/records'
import { requireProject } from '../../business/status.js'
import type { TransactionType } from '../../business/transaction.js'

/** 税局核验: the tax office's word on an invoice, and when; a later word takes the place of an earlier one. */
export const attestInvoice: TransactionType<InvoiceAttestation> = {
  name: 'AttestInvoice',
  request: invoiceAttestation,
  authority: [{ role: 'TAX_ATTESTER' }],
  place: ({ projectCode }) => Promise.resolve({ project: projectCode }),
  async run({ request: { projectCode, invoiceNo, ...attestation }, state, moment: { time }, tx }) {
    const invoice = await state.load(invoices, invoiceNo)
    requireProject(invoice, projectCode)
    const record = { ...invoice, attestation: { ...attestation, at: time }, time, tx }
    await state.save(invoices, [invoiceNo], record)
    return { record }
  },
}
