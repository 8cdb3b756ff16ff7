import { transactionTypes } from '@caizheng/chaincode'
import type { CanonicalValue, TransactionName } from '@caizheng/records'
import { pilotNames, readPilot, transactionOf } from '../src/index.js'
import { requestOf } from '../src/request.js'

export type Fields = Readonly<Record<string, CanonicalValue>>

const digest = 'a'.repeat(64)

export const sampleDocument = {
  type: 'OTHER',
  number: 'D-1',
  digests: { sha256: digest, sm3: 'b'.repeat(64) },
  size: 1,
  mime: 'application/pdf',
  provenance: { sourceSystem: '公文系统', generatedAt: '2024-01-08', generator: '导出 1.0' },
} as const

/** Requests of transactions that no pilot sends. */
const besides: Readonly<Partial<Record<TransactionName, Fields>>> = {
  WithdrawPerson: { key: digest },
  RestorePerson: { key: digest, suspendedUntil: '2024-03-01T00:00:00.000Z' },
  SuspendPerson: { key: digest, reason: '密钥疑似被盗' },
  Propose: { acts: [{ act: 'WithdrawPerson', request: { key: digest } }] },
  Consent: { proposal: digest },
  SealBid: { projectCode: '2401-331003-05-01-000003', tenderNo: 'T-1', sealed: digest },
  OpenBid: { projectCode: '2401-331003-05-01-000003', tenderNo: 'T-1', amountFen: '1', salt: 'a'.repeat(32) },
  OpenBackfill: { projectCode: '2401-331003-05-01-000003', reason: '补录', until: '2024-03-01T00:00:00.000Z' },
  RecordBankReturn: { voucherNo: 'V', returnedOn: '2024-06-01', reason: '账号不符', document: sampleDocument },
  ReissueVoucher: { voucherNo: 'V' },
  ReverseApplication: { applicationNo: 'A', reason: '金额有误' },
  RecordRefund: { voucherNo: 'V', amountFen: '1', refundedOn: '2024-06-01', document: sampleDocument },
  ProposeAccountChange: {
    ...{ contractNo: 'C', account: 'COMPANY', accountDigest: digest },
    ...{ reason: '开户行变更', document: sampleDocument },
  },
  SignAccountChange: { contractNo: 'C', account: 'COMPANY' },
  PurgeAccount: { contractNo: 'C', account: 'COMPANY', accountDigest: digest, reason: '已变更' },
  RecordFreeze: { contractNo: 'C', freezeNo: 'F', reason: '协助执行通知书', document: sampleDocument },
  LiftFreeze: { contractNo: 'C', freezeNo: 'F', reason: '解除冻结通知书', document: sampleDocument },
  ReleaseVoucher: { voucherNo: 'V' },
  StopWorks: { contractNo: 'C', stoppedOn: '2024-06-01', reason: '汛期停工' },
  ResumeWorks: { contractNo: 'C', resumedOn: '2024-06-02' },
  RecordSuggestion: {
    ...{ projectCode: '2401-331003-05-01-000003', suggestionNo: 'S', reason: '节余', inputDigest: digest },
    ...{ method: 'linear 1.0', moves: [{ fromSubItem: 'greening', toSubItem: 'security', amountFen: '1' }] },
  },
  ApproveLargeChange: { contractNo: 'C', changeNo: 'CO-1' },
  RecordDefect: { contractNo: 'C', defectNo: 'D-1', description: '路面裂缝', foundOn: '2024-06-01' },
  ClearDefect: { contractNo: 'C', defectNo: 'D-1' },
  TerminateContract: { contractNo: 'C', terminatedOn: '2024-06-01', reason: '合意解除', document: sampleDocument },
}

/** A request of each transaction that its own form accepts: the pilots' first where they have one. */
export async function sampleRequests(): Promise<ReadonlyMap<TransactionName, Fields>> {
  const found = new Map(Object.entries(besides) as [TransactionName, Fields][])
  for (const name of pilotNames) {
    const pilot = await readPilot(name)
    for (const step of pilot.steps) {
      const transaction = transactionOf(step)
      if (transaction === undefined || found.has(transaction)) continue
      const fields = Object.entries(requestOf(step, digest, pilot)).filter(([field]) => field !== 'at')
      const request = Object.fromEntries(fields)
      if (accepts(transaction, request)) found.set(transaction, request)
    }
  }
  return found
}

/** Whether the form of a transaction's request accepts these fields. */
export function accepts(name: TransactionName, request: unknown): boolean {
  try {
    transactionTypes.find((type) => type.name === name)?.request.parse(request)
    return true
  } catch {
    return false
  }
}
