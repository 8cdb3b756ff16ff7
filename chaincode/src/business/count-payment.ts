import { contractTotals, invoices, periodPayments } from '@caizheng/records'
import type { Applied } from './payment-facts.js'
import { useQuotas } from './quotas.js'
import type { State } from './state.js'

/**
 * Counts an application in the totals of its contract, its quotas and its invoices: from the moment it is PAYABLE, so that the
 * next one is judged with it. A reversal takes the same away.
 */
export async function countPayment(
  state: State,
  applicationNo: string,
  applied: Applied,
  event: { readonly time: string; readonly tx: string },
  sign: 1n | -1n = 1n,
): Promise<void> {
  const { contractNo, applicationKind, grossFen, recoveryFen, netFen, periodNo, lines } = applied
  const totals = await state.load(contractTotals, contractNo)
  const plus = (before: string, fen: string): string => String(BigInt(before) + sign * BigInt(fen))
  await state.save(contractTotals, [contractNo], {
    ...totals,
    grossFen: applicationKind === 'PROGRESS' ? plus(totals.grossFen, grossFen) : totals.grossFen,
    advanceFen: applicationKind === 'ADVANCE' ? plus(totals.advanceFen, grossFen) : totals.advanceFen,
    settlementFen: applicationKind === 'SETTLEMENT' ? plus(totals.settlementFen, netFen) : totals.settlementFen,
    retentionFen: applicationKind === 'RETENTION_RELEASE' ? plus(totals.retentionFen, netFen) : totals.retentionFen,
    recoveredFen: plus(totals.recoveredFen, recoveryFen),
    cashFen: plus(totals.cashFen, netFen),
    time: event.time,
  })
  if (applicationKind === 'PROGRESS' && periodNo !== undefined) {
    const record = { kind: 'periodPayment' as const, version: 1 as const, contractNo, periodNo }
    await state.save(
      periodPayments,
      [contractNo, String(periodNo)],
      sign === 1n ? { ...record, applicationNo } : record,
    )
  }
  for (const { invoiceNo, amountFen } of lines) {
    if (invoiceNo === undefined) continue
    const invoice = await state.load(invoices, invoiceNo)
    await state.save(invoices, [invoiceNo], { ...invoice, usedFen: plus(invoice.usedFen, amountFen), ...event })
  }
  await useQuotas(state, lines, event, sign)
}
