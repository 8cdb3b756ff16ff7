import { momentOf } from '@caizheng/records'
import { daysBetween } from '../rules/days.js'
import { R02 } from '../rules/r02-payment-ceiling.js'
import { R03Application } from '../rules/r03-progress-rate.js'
import { R04Application } from '../rules/r04-advance.js'
import { R05 } from '../rules/r05-recovery.js'
import { R07Application } from '../rules/r07-chief-signature.js'
import { R08 } from '../rules/r08-three-way.js'
import { R09 } from '../rules/r09-invoice-owner.js'
import { R11 } from '../rules/r11-tax-attestation.js'
import { R19Application, R19Payees } from '../rules/r19-account.js'
import { R20 } from '../rules/r20-wages.js'
import { R32 } from '../rules/r32-retention-release.js'
import { R45 } from '../rules/r45-quota.js'
import type { Judgement } from './judgement.js'
import type { Moment } from './moment.js'
import type { Applied, PaymentRecords } from './payment-facts.js'
import { releaseFacts } from './retention.js'
import { grantOf } from './settlement.js'

/**
 * Has every rule of payment judge an application: contract and bill, certified quantities, invoices, tax attestation, quotas,
 * accounts, signature, wages. No rule reads anything of audit's (R44).
 */
export function judgePayment(judgement: Judgement, applied: Applied, records: PaymentRecords, moment: Moment): void {
  judgeAmounts(judgement, applied, records)
  judgeInvoices(judgement, applied, records, moment)
  const { lines, periodNo, applicationKind: kind } = applied
  const { construction, persons } = records.programme
  if (kind === 'PROGRESS' && construction) {
    judgement.apply(R07Application, { signed: records.measure?.signature !== undefined, periodNo })
  }
  if (kind === 'RETENTION_RELEASE') {
    const { contract, defects } = records
    judgement.apply(R32, { ...releaseFacts(contract, defects), on: moment.day, outcome: 'HOLD' })
  }
  judgement
    .apply(R19Application, {
      lines: lines.map(accountOf),
      registered: records.accounts,
      frozenBy: records.totals.frozenBy,
      outcome: 'HOLD',
    })
    .apply(R19Payees, { payees: lines.map(({ account }) => account), persons, outcome: 'HOLD' })
    .apply(R45, { ...records.quotas, year: Number(moment.day.slice(0, 4)), outcome: 'HOLD' })
  if (construction) {
    judgement.apply(R20, {
      kind,
      grossFen: BigInt(applied.grossFen),
      wageRateBp: records.contract.wageRateBp,
      wageFen: sum(lines.filter(({ account }) => account === 'WAGE')),
      periodDays: records.measure && daysBetween(records.measure.periodStart, records.measure.periodEnd) + 1,
    })
  }
}

function judgeAmounts(judgement: Judgement, applied: Applied, records: PaymentRecords): void {
  const { contract, totals, periodTaken, programme } = records
  const { applicationKind: kind } = applied
  const [grossFen, recoveryFen, netFen] = [applied.grossFen, applied.recoveryFen, applied.netFen].map(BigInt) as [
    bigint,
    bigint,
    bigint,
  ]
  const certifiedFen = BigInt(totals.certifiedFen)
  const advanceBeforeFen = BigInt(totals.advanceFen)
  judgement
    .apply(R02, {
      kind,
      grossFen,
      recoveryFen,
      netFen,
      linesFen: sum(applied.lines),
      priceFen: BigInt(contract.priceFen),
      changesBudgetFen: BigInt(totals.changesBudgetFen),
      progressRateBp: contract.progressRateBp,
      certifiedFen,
      grossBeforeFen: BigInt(totals.grossFen),
      cashBeforeFen: BigInt(totals.cashFen),
      advanceBeforeFen,
      recoveredBeforeFen: BigInt(totals.recoveredFen),
      periodTaken,
      refundedFen: BigInt(totals.refundedFen),
      settlementBeforeFen: BigInt(totals.settlementFen),
      retentionBeforeFen: BigInt(totals.retentionFen),
      settlement: grantOf(records.settlement),
    })
    .apply(R05, { kind, recoveryFen, advanceFen: advanceBeforeFen, recoveredFen: BigInt(totals.recoveredFen) })
  const { construction } = programme
  if (kind === 'PROGRESS' && construction) {
    judgement.apply(R03Application, { grossFen: BigInt(totals.grossFen) + grossFen, certifiedFen })
  }
  if (kind === 'ADVANCE' && construction) {
    judgement.apply(R04Application, {
      agreedFen: BigInt(contract.advanceFen),
      grossFen,
      advancedFen: advanceBeforeFen,
      measured: totals.lastPeriod > 0,
    })
  }
}

function judgeInvoices(judgement: Judgement, applied: Applied, records: PaymentRecords, { time }: Moment): void {
  const { projectCode, contractNo, lines, certifiedFen } = applied
  const { contract, measure } = records
  const { invoices } = records.programme
  const known = [...records.invoices].flatMap(([, invoice]) => invoice ?? [])
  const unknown = [...records.invoices].flatMap(([no, invoice]) => (invoice === undefined ? [no] : []))
  judgement.apply(R08, {
    kind: applied.applicationKind,
    without: invoices ? lines.flatMap(({ lineNo, invoiceNo }) => (invoiceNo === undefined ? [lineNo] : [])) : [],
    projectCode,
    contractorUscc: contract.contractorUscc,
    ownerUscc: contract.ownerUscc,
    unknown,
    certifiedFen: certifiedFen === undefined ? undefined : BigInt(certifiedFen),
    measuredFen: measure === undefined ? undefined : BigInt(measure.certifiedFen),
    invoices: known.map((invoice) => ({
      invoiceNo: invoice.invoiceNo,
      kind: invoice.invoiceKind,
      sellerUscc: invoice.sellerUscc,
      buyerUscc: invoice.buyerUscc,
      projectCode: invoice.projectCode,
      grossFen: BigInt(invoice.grossFen),
      redLetterFen: BigInt(invoice.attestation?.redLetterFen ?? '0'),
      usedFen: BigInt(invoice.usedFen),
      addedFen: sum(lines.filter(({ invoiceNo }) => invoiceNo === invoice.invoiceNo)),
    })),
  })
  for (const invoice of known) {
    const { claims } = invoice
    const bound = { projectCode: invoice.projectCode, contractNo: invoice.contractNo }
    judgement.apply(R09, { bound, presented: { projectCode, contractNo }, claims, outcome: 'HOLD' })
  }
  judgement.apply(R11, {
    now: momentOf(time),
    invoices: known.map(({ invoiceNo, grossFen, attestation }) => ({
      invoiceNo,
      grossFen: BigInt(grossFen),
      attestation:
        attestation === undefined
          ? undefined
          : {
              status: attestation.status,
              checkedGrossFen: BigInt(attestation.checkedGrossFen),
              at: momentOf(attestation.at),
            },
    })),
  })
}

/** What R19 asks of a line: the facts are kept, so nothing else goes with them. */
const accountOf = ({ lineNo, account, accountDigest }: Applied['lines'][number]) => ({ lineNo, account, accountDigest })

function sum(lines: readonly { readonly amountFen: string }[]): bigint {
  return lines.reduce((total, { amountFen }) => total + BigInt(amountFen), 0n)
}
