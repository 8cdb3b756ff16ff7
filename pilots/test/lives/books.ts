import {
  applications,
  billItems,
  budgets,
  changeOrders,
  contractTotals,
  invoices,
  measures,
  otherCosts,
  quotas,
  specialApprovals,
  vouchers,
  type Application,
  type RecordType,
} from '@caizheng/records'
import type { TestNetwork } from '@caizheng/test-network'
import type { Life } from './life.js'

/** Everything that the ledger holds of one life. */
export interface Books {
  readonly applications: readonly Application[]
  readonly vouchers: readonly ReturnType<typeof vouchers.parse>[]
  readonly quotas: readonly ReturnType<typeof quotas.parse>[]
  readonly invoices: readonly ReturnType<typeof invoices.parse>[]
  readonly measures: readonly ReturnType<typeof measures.parse>[]
  readonly items: readonly ReturnType<typeof billItems.parse>[]
  readonly costs: readonly ReturnType<typeof otherCosts.parse>[]
  readonly changes: readonly ReturnType<typeof changeOrders.parse>[]
  readonly approvals: readonly ReturnType<typeof specialApprovals.parse>[]
  readonly totals: ReturnType<typeof contractTotals.parse>
  readonly budget: ReturnType<typeof budgets.parse>
}

/** Reads them from the state itself, past every contract. */
export async function readBooks({ ledger }: TestNetwork, life: Life): Promise<Books> {
  const snapshot = ledger.snapshot()
  const under = async <T>(type: RecordType<T>, ...place: string[]): Promise<T[]> => {
    const start = type.key(...place)
    const found: T[] = []
    for await (const { value } of snapshot.range('payment', start, `${start}\u{10ffff}`)) found.push(type.parse(value))
    return found
  }
  const one = <T>(records: T[]): T => {
    if (records.length !== 1) throw new Error(`${records.length} records where there is one`)
    return records[0] as T
  }
  const { contractNo, projectCode } = life
  try {
    return {
      applications: await under(applications, `${contractNo}-`),
      vouchers: await under(vouchers, `${contractNo}-`),
      quotas: await under(quotas, `${contractNo}-`),
      invoices: (await under(invoices)).filter((invoice) => invoice.contractNo === contractNo),
      measures: await under(measures, contractNo, ''),
      items: await under(billItems, contractNo, ''),
      costs: await under(otherCosts, projectCode, ''),
      changes: await under(changeOrders, contractNo, ''),
      approvals: await under(specialApprovals, `${contractNo}-`),
      totals: one(
        await under(contractTotals, contractNo).then((all) => all.filter((t) => t.contractNo === contractNo)),
      ),
      budget: one(await under(budgets, projectCode)),
    }
  } finally {
    await snapshot.close()
  }
}
