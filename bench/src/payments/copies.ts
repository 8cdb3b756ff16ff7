import type { Ready, Row } from './messages.js'

/** An application and the records that it is judged by: its own contract, quotas and invoices. */
export interface Copy {
  readonly request: Readonly<Record<string, unknown>>
  readonly rows: readonly Row[]
}

/** What an application names and shares with no other. */
interface Named {
  readonly contractNo: string
  readonly applicationNo: string
  readonly lines: readonly { readonly budgetQuotaNo: string; readonly invoiceNo?: string }[]
}

/**
 * Copies of an application, each with a contract, quotas and invoices of its own: the same records under other numbers. They
 * share the project, the people and the settings, which payments only read.
 */
export function copiesOf({ request, rows }: Pick<Ready, 'request' | 'rows'>, count: number): Copy[] {
  const { contractNo, applicationNo, lines } = request as unknown as Named
  const numbers = [contractNo, applicationNo, ...lines.map(({ budgetQuotaNo }) => budgetQuotaNo)]
  const invoices = lines.flatMap(({ invoiceNo }) => invoiceNo ?? [])
  const own = rows.filter(([key]) => [...numbers, ...invoices].some((id) => key.includes(id)))
  return Array.from({ length: count }, (_, index) => {
    const renamed: readonly (readonly [from: string, to: string])[] = [
      ...[...new Set(numbers)].map((id) => [id, `${id}.${index}`] as const),
      ...[...new Set(invoices)].map(
        (id, at) => [id, `${id.slice(0, 11)}${at}${String(index).padStart(8, '0')}`] as const,
      ),
    ]
    const rename = (text: string): string => renamed.reduce((from, [id, other]) => from.replaceAll(id, other), text)
    return {
      request: JSON.parse(rename(JSON.stringify(request))) as Copy['request'],
      rows: own.map(([key, value]) => [rename(key), rename(value)] as const),
    }
  })
}
