import { invoices, MOST_CLAIMS } from '@caizheng/records'
import type { Applied, PaymentRecords } from './payment-facts.js'
import type { State } from './state.js'

/** Notes in an invoice's record that another contract has presented it: so that its own project sees it, too (R09). */
export async function noteClaims(
  state: State,
  applicationNo: string,
  { projectCode, contractNo }: Pick<Applied, 'projectCode' | 'contractNo'>,
  records: Pick<PaymentRecords, 'invoices'>,
  event: { readonly time: string; readonly tx: string },
): Promise<void> {
  for (const invoice of records.invoices.values()) {
    if (invoice === undefined) continue
    const own = invoice.projectCode === projectCode && invoice.contractNo === contractNo
    const { claims = [], invoiceNo } = invoice
    const known = claims.some((claim) => claim.projectCode === projectCode && claim.contractNo === contractNo)
    if (own || known || claims.length === MOST_CLAIMS) continue
    const record = { ...invoice, claims: [...claims, { projectCode, contractNo, applicationNo }], ...event }
    await state.save(invoices, [invoiceNo], record)
  }
}
