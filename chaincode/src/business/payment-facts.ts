import {
  accounts,
  contracts,
  contractTotals,
  defectLists,
  invoices,
  measures,
  organisations,
  periodPayments,
  programmeOf,
  projects,
  settlements,
  type Application,
  type Contract,
  type ContractTotals,
  type DefectList,
  type Invoice,
  type Measure,
  type ProgrammeInfo,
  type Settlement,
} from '@caizheng/records'
import { quotaFacts } from './quotas.js'
import type { State } from './state.js'

/** An application's content, as submitted or as stored. */
export type Applied = Pick<
  Application,
  'projectCode' | 'contractNo' | 'grossFen' | 'recoveryFen' | 'netFen' | 'lines' | 'periodNo' | 'certifiedFen'
> & { readonly applicationKind: Application['applicationKind'] }

/** The records that the rules of payment judge an application by: a number that does not grow with the contract's history. */
export interface PaymentRecords {
  readonly contract: Contract
  /** What its project's money is spent on: which rules there are to ask. */
  readonly programme: ProgrammeInfo
  readonly totals: ContractTotals
  readonly measure: Measure | undefined
  readonly periodTaken: boolean
  readonly settlement: Settlement | undefined
  /** For the release of retention only. */
  readonly defects: DefectList | undefined
  /** By number, each once. */
  readonly invoices: ReadonlyMap<string, Invoice | undefined>
  readonly accounts: Readonly<Record<string, string | undefined>>
  readonly payee: { readonly ownership: string | undefined; readonly enterpriseSize: string | undefined }
  readonly quotas: Awaited<ReturnType<typeof quotaFacts>>
}

/** Loads them. @throws {Refusal} `RECORD_NOT_FOUND` without the contract */
export async function paymentRecords(state: State, applied: Applied): Promise<PaymentRecords> {
  const { contractNo, projectCode, periodNo, lines, applicationKind } = applied
  const contract = await state.load(contracts, contractNo)
  const project = await state.load(projects, projectCode)
  const period = periodNo === undefined ? undefined : [contractNo, String(periodNo)]
  const registered: Record<string, string | undefined> = {}
  for (const account of new Set(lines.map((line) => line.account))) {
    registered[account] = (await state.find(accounts, contractNo, account))?.accountDigest
  }
  const byNumber = new Map<string, Invoice | undefined>()
  for (const no of new Set(lines.flatMap(({ invoiceNo }) => invoiceNo ?? []))) {
    byNumber.set(no, await state.find(invoices, no))
  }
  const { ownership, enterpriseSize } = await state.load(organisations, contract.contractorUscc)
  return {
    contract,
    programme: programmeOf(project),
    totals: await state.load(contractTotals, contractNo),
    measure: period === undefined ? undefined : await state.find(measures, ...period),
    periodTaken: period !== undefined && (await state.find(periodPayments, ...period))?.applicationNo !== undefined,
    settlement: await state.find(settlements, contractNo),
    defects: await (applicationKind === 'RETENTION_RELEASE' ? state.find(defectLists, contractNo) : undefined),
    invoices: byNumber,
    accounts: registered,
    payee: { ownership, enterpriseSize },
    quotas: await quotaFacts(state, projectCode, lines),
  }
}
