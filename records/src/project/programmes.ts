import type { ContractKind } from '../contract/kinds.js'

/**
 * What public money is spent on. The rules, the quotas, the invoices, the payments and the evidence are the same for each; this
 * table is all that differs.
 */
export interface ProgrammeInfo {
  readonly zh: string
  /** The kinds of contracts that it pays. */
  readonly contracts: readonly ContractKind[]
  /** The gates before a contract, and before its start (R14). */
  readonly opens: readonly string[]
  readonly starts: readonly string[]
  /** The rules on construction hold: rates, advance, chief signature, wages, evidence of the site (R03, R04, R07, R20, R38, R39). */
  readonly construction: boolean
  /** Each line names an invoice (R08, R09, R11). Persons who receive a subsidy issue none. */
  readonly invoices: boolean
  /** Its lines pay persons under pseudonyms, and no firm's account (R19). */
  readonly persons: boolean
}

export const programmeNames = ['INVESTMENT', 'PROCUREMENT', 'SUBSIDY'] as const
export type Programme = (typeof programmeNames)[number]

export const programmes: Readonly<Record<Programme, ProgrammeInfo>> = {
  INVESTMENT: {
    zh: '政府投资项目',
    contracts: ['WORKS', 'GOODS', 'SERVICES'],
    opens: ['FEASIBILITY_APPROVAL', 'ESTIMATE_APPROVAL'],
    starts: ['PLANNING_PERMIT', 'CONSTRUCTION_PERMIT'],
    construction: true,
    invoices: true,
    persons: false,
  },
  PROCUREMENT: {
    zh: '政府采购',
    contracts: ['GOODS', 'SERVICES'],
    opens: ['PROCUREMENT_PLAN'],
    starts: [],
    construction: false,
    invoices: true,
    persons: false,
  },
  SUBSIDY: {
    zh: '补贴发放',
    contracts: ['SUBSIDY'],
    opens: ['SUBSIDY_PROGRAMME'],
    starts: [],
    construction: false,
    invoices: false,
    persons: true,
  },
}

/** The programme of a project; works are what it is where nothing is said. */
export function programmeOf({ programme }: { readonly programme?: Programme | undefined }): ProgrammeInfo {
  return programmes[programme ?? 'INVESTMENT']
}
