/** What the sheet reads of `/v1/applications/{number}/review`; the gateway's openapi.json names its parts. */
export interface Review {
  readonly application: Application
  readonly explanation: Explanation
  readonly project?: { readonly name: string; readonly backfilled?: true }
  readonly contract?: Contract
  readonly totals?: Totals
  readonly measure?: { readonly periodStart: string; readonly periodEnd: string; readonly certifiedFen: string }
  /** What let it pass although rules held it. */
  readonly special?: {
    readonly approvalNo: string
    readonly reason: string
    readonly overriddenRules: readonly string[]
  }
  readonly quotas: readonly Quota[]
  /** Names by social credit code. */
  readonly organisations: Readonly<Record<string, string>>
  /** Of the whole contract, by the bank's receipts. */
  readonly paidFen: string
  readonly place: Place & {
    readonly channel: string
    readonly network?: string
    readonly key: string
    readonly sha256: string
  }
  readonly places: readonly Place[]
  /** Blocks that the index has. */
  readonly height: number
  /** Rows of a QR code, `1` is dark. */
  readonly qr: readonly string[]
}

export interface Application {
  readonly applicationNo: string
  readonly projectCode: string
  readonly contractNo: string
  readonly applicationKind: string
  readonly status: string
  readonly periodNo?: number
  readonly grossFen: string
  readonly recoveryFen: string
  readonly netFen: string
  readonly certifiedFen?: string
  readonly lines: readonly Line[]
  readonly supersedes?: string
  readonly specialApproval?: string
  readonly dueOn?: string
  readonly backfilled?: true
}

export interface Line {
  readonly lineNo: number
  readonly budgetQuotaNo: string
  readonly account: string
  readonly invoiceNo: string
  readonly amountFen: string
}

export interface Contract {
  readonly ownerUscc: string
  readonly contractorUscc: string
  readonly supervisionFirmUscc?: string
  readonly signedOn: string
  readonly priceFen: string
  readonly progressRateBp: number
}

export interface Totals {
  readonly certifiedFen: string
  readonly cashFen: string
  readonly changesProvisionalFen: string
  readonly changesBudgetFen: string
}

export interface Quota {
  readonly budgetQuotaNo: string
  readonly fundSource: string
  readonly year: number
  readonly amountFen: string
  readonly usedFen: string
}

export interface Place {
  readonly block: number
  readonly index: number
  readonly transaction: string
  readonly by: string
  readonly status: string
}

export interface Both {
  readonly zh: string
  readonly en: string
}

export interface Explanation {
  readonly day: string
  readonly release: string
  readonly settings: { readonly number: number }
  /** Whether judging the kept facts again gives the stored verdicts. */
  readonly replayed: boolean
  readonly rules: readonly Rule[]
  readonly steps: readonly Step[]
  readonly vouchers: readonly Voucher[]
}

export interface Rule extends Both {
  readonly rule: string
  readonly mode: 'OFF' | 'SHADOW' | 'ENFORCE'
  readonly outcome: string
  readonly source: string
  readonly conditions: readonly Condition[]
}

export interface Condition {
  readonly case?: string
  readonly outcome: string
  readonly must: Both
  readonly expectedText: Both
  readonly actualText: Both
  readonly excessFen?: string
  readonly missing?: Both & { readonly by: readonly Acting[] }
}

export interface Acting {
  readonly role: string
  readonly zh: string
  readonly uscc?: string
  readonly name?: string
}

export interface Step {
  readonly step: string
  readonly at: string
  /** Milliseconds since the step before. */
  readonly after: number
  readonly by?: { readonly role: string; readonly uscc: string; readonly name?: string }
}

export interface Voucher {
  readonly voucherNo: string
  readonly lineNo: number
  readonly amountFen: string
  readonly status: string
  readonly receiptNo?: string
  readonly paidOn?: string
}
