type Words = Readonly<Record<string, readonly [zh: string, en: string]>>

/** Names of what an application can be for. Tests hold these lists to the records' own. */
export const kindWords: Words = {
  ADVANCE: ['预付款', 'Advance'],
  PROGRESS: ['进度款', 'Progress'],
  SETTLEMENT: ['结算款', 'Settlement'],
  RETENTION_RELEASE: ['质保金退还', 'Retention released'],
}

export const statusWords: Words = {
  HELD: ['退回补正', 'Held'],
  SUPERSEDED: ['已被替代', 'Superseded'],
  PAYABLE: ['可支付', 'Payable'],
  OWNER_APPROVED: ['建设单位已审', 'Approved by the owner'],
  APPROVED: ['财政已审', 'Approved by finance'],
  PARTLY_PAID: ['部分支付', 'Partly paid'],
  PAID: ['已支付', 'Paid'],
  REVERSED: ['已冲销', 'Reversed'],
}

/** Which colour a status has: `stop`, `wait`, `go`, `done`, `gone`. */
export const statusTone: Readonly<Record<string, string>> = {
  HELD: 'stop',
  PAYABLE: 'go',
  OWNER_APPROVED: 'go',
  APPROVED: 'go',
  PARTLY_PAID: 'go',
  PAID: 'done',
}

export const voucherWords: Words = {
  ISSUED: ['已签发', 'Issued'],
  WITHHELD: ['冻结暂扣', 'Withheld'],
  PAID: ['已支付', 'Paid'],
  RETURNED: ['银行退回', 'Returned'],
  REVERSED: ['已冲销', 'Reversed'],
}

export const accountWords: Words = {
  COMPANY: ['对公账户', 'Company'],
  WAGE: ['农民工工资专户', 'Wages'],
}

/** Who acts, in English; the Chinese names come with the answer. */
export const roleWords: Readonly<Record<string, string>> = {
  CONSORTIUM_ADMIN: 'administrator',
  BUDGET_OFFICER: 'budget officer',
  FINANCE_REVIEWER: 'finance, review',
  FINANCE_APPROVER: 'finance, payments',
  AUDIT_WITNESS: 'audit, witness',
  DEVELOPMENT_OFFICER: 'development bureau',
  PLANNING_OFFICER: 'planning bureau',
  CONSTRUCTION_OFFICER: 'construction bureau',
  TAX_ATTESTER: 'tax office',
  BANK_ATTESTER: 'bank',
  OWNER_PROJECT_LEAD: "owner's project lead",
  OWNER_PAYMENT_OFFICER: "owner's payment officer",
  CONTRACTOR_PROJECT_MANAGER: "contractor's project manager",
  CONTRACTOR_CLERK: "contractor's clerk",
  CHIEF_SUPERVISION_ENGINEER: 'chief supervision engineer',
  SUPERVISION_ENGINEER: 'supervision engineer',
  SURVEY_LEAD: 'survey lead',
  DESIGN_LEAD: 'design lead',
  COST_ENGINEER: 'cost engineer',
}

export function wordsOf(words: Words, code: string): readonly [zh: string, en: string] {
  return words[code] ?? [code, code]
}
