import type { Completeness, Voucher } from '@caizheng/records'
import { fill, type Text } from '../format/text.js'
import type { Trust } from '../trust/trust.js'
import { Checklist } from '../verify/checklist.js'
import { examineAnswer, type ExaminedAnswer } from '../verify/receipt.js'
import type { Report, Signer } from '../verify/report.js'
import { unprovenStatement } from '../verify/statement.js'
import type { StepCode } from '../verify/steps.js'
import { examineTrust, outcomeOf, type VerifyOptions } from '../verify/verification.js'
import { checkChain, checkNumbers, checkSettlement, checkSums } from './checks.js'
import { decodeVouchers } from './file.js'
import { completenessQuery } from './query.js'
import type { VouchersFile } from './schema.js'
import { LIMITS, vouchersStatement } from './statement.js'

/** What a valid vouchers file proves. */
export interface ProvenVouchers extends Completeness {
  readonly channel: string
  /** SHA-256 of the genesis block's header. */
  readonly network: string
  /** One operator runs all nodes, as the trust file says. */
  readonly trial?: true
  /** All of the contract's, by number from 1. */
  readonly vouchers: readonly Voucher[]
  /** Its settlement is signed by both parties: what may still follow is its payment, and releases of retention. */
  readonly closed: boolean
  readonly signers: readonly Signer[]
  /** When the nodes stated it, by their clocks to within five minutes. */
  readonly time: Date
}

/** As the report of a document; what is proven is of a contract's vouchers. */
export interface VouchersReport extends Omit<Report, 'proven'> {
  readonly proven?: ProvenVouchers
  /** What a valid file does not prove. */
  readonly limits: Text
}

const EXPECTED: readonly StepCode[] = [
  'TRUST_FILE',
  'VOUCHERS_FILE',
  'RECEIPT_ENCODING',
  'RECEIPT_HEADER',
  'RECEIPT_CHAINCODE',
  'RECEIPT_CALL',
  'RECEIPT_RESULT',
  'RECEIPT_RESPONSE',
  'RECEIPT_ENDORSERS',
  'POLICY',
  'VOUCHER_NUMBERS',
  'VOUCHER_CHAIN',
  'VOUCHER_SUMS',
  'VOUCHER_SETTLEMENT',
  'CERTIFICATES',
]

/**
 * Verifies offline that a file holds all vouchers of a contract: 1 to n, chained from H0 to the head that the nodes held, with
 * sums to the fen; and that its settlement counted the first of them. Never throws, whatever the files hold.
 *
 * @param trust the trust file's bytes, or what `openTrust` made of them
 * @example
 * const report = verifyVouchers(await readFile('A-WK-01.vouchers.json'), trust)
 * console.log(report.statement.en, report.limits.en)
 */
export function verifyVouchers(
  file: Uint8Array,
  trust: Uint8Array | Trust,
  options: Pick<VerifyOptions, 'at' | 'fingerprint'> = {},
): VouchersReport {
  const now = options.at ?? new Date()
  const list = new Checklist()
  const pinned = examineTrust(list, trust, now, options.fingerprint)
  const read = readFile(list, file)
  const examined: ExaminedAnswer<Completeness> =
    read && pinned ? examineAnswer(list, read.receipt, completenessQuery(pinned.file), pinned, now) : {}
  if (read && pinned && examined.answer) examineVouchers(list, examined.answer, read.vouchers, pinned.file.network)
  const steps = list.steps(EXPECTED)
  const outcome = outcomeOf(steps)
  const common = { outcome, steps, limits: LIMITS, ...(pinned && { fingerprint: pinned.fingerprint }) }
  if (outcome !== 'VALID') return { ...common, statement: unprovenStatement(steps, outcome) }
  if (!pinned || !read) throw new Error('a passed step left no result')
  const proven = provenOf(examined, read.vouchers, pinned)
  const signed = new Set(proven.signers.map(({ mspId }) => mspId))
  const missing = pinned.file.policy.organizations.filter((mspId) => examined.complete !== true && !signed.has(mspId))
  const names = missing.map((mspId) => pinned.organizations.get(mspId)?.name ?? { en: mspId, zh: mspId })
  return {
    ...common,
    ...(examined.complete === true ? {} : { weaker: true }),
    statement: vouchersStatement(proven, names, steps),
    proven,
  }
}

function readFile(list: Checklist, bytes: Uint8Array): VouchersFile | undefined {
  return list.run('VOUCHERS_FILE', () => {
    const value = decodeVouchers(bytes)
    return { value, seen: fill({ en: 'version {version}', zh: '版本 {version}' }, { version: value.version }) }
  })
}

/** Sums are looked at even where the chain is broken; places in the chain only where it is whole. */
function examineVouchers(list: Checklist, held: Completeness, vouchers: readonly Voucher[], network: string): void {
  const { totals, settlement } = held
  const numbered = list.run('VOUCHER_NUMBERS', () => {
    checkNumbers(held, vouchers)
    return { value: true, seen: fill({ en: '1 to {count}', zh: '第 1 至 {count} 号' }, { count: totals.vouchers }) }
  })
  list.run('VOUCHER_SUMS', () => {
    checkSums(held, vouchers)
    const seen = {
      en: 'issued {vouchersFen}, cancelled {cancelledFen}, refunded {refundedFen} fen',
      zh: '开具 {vouchersFen} 分，其中作废 {cancelledFen} 分，退回 {refundedFen} 分',
    }
    return { value: true, seen: fill(seen, { ...sumsOf(totals) }) }
  })
  if (numbered === undefined) return
  const heads = list.run('VOUCHER_CHAIN', () => {
    const value = checkChain(held, vouchers, network)
    return { value, seen: fill({ en: 'from H0 to {head}', zh: '自 H0 至 {head}' }, { head: totals.head }) }
  })
  if (heads === undefined) return
  list.run('VOUCHER_SETTLEMENT', () => {
    checkSettlement(held, vouchers, heads)
    const approval = settlement?.approval
    if (approval === undefined) return { value: true, seen: { en: 'none approved yet', zh: '尚未审定结算' } }
    const seen = { en: '{settlement} over the first {count}', zh: '{settlement}，以前 {count} 张为准' }
    return {
      value: true,
      seen: fill(seen, { settlement: settlement?.settlementNo ?? '', count: approval.chain.vouchers }),
    }
  })
}

function sumsOf({ vouchersFen, cancelledFen, refundedFen }: Completeness['totals']) {
  return { vouchersFen, cancelledFen, refundedFen }
}

function provenOf(
  { time, answer, signers }: ExaminedAnswer<Completeness>,
  vouchers: readonly Voucher[],
  { file: { channel, network, trial } }: Trust,
): ProvenVouchers {
  if (!time || !answer || !signers) throw new Error('a passed step left no result')
  return {
    ...{ channel, network, ...(trial && { trial }), ...answer, vouchers, time },
    closed: answer.settlement?.status === 'SIGNED',
    signers: signers.map(({ mspId, name, until }) => ({ mspId, name, until })),
  }
}
