import { sha256, toHex } from '@caizheng/fabric-wire'
import { voucherChainStart, voucherNumber, voucherPreimage, type Completeness, type Voucher } from '@caizheng/records'
import { EvidenceError } from '../fault.js'

/**
 * Checks that the vouchers given are those of the contract, 1 to n, each once and in order.
 *
 * @throws EvidenceError VOUCHER_OTHER, VOUCHER_TWICE, VOUCHER_MISSING, VOUCHER_MORE or VOUCHER_ORDER
 */
export function checkNumbers({ contract, totals }: Completeness, vouchers: readonly Voucher[]): void {
  const { contractNo, projectCode } = contract
  const seen = new Set<number>()
  for (const voucher of vouchers) {
    const { voucherNo, number } = voucher
    const own = voucher.contractNo === contractNo && voucher.projectCode === projectCode
    if (!own || voucherNo !== voucherNumber(contractNo, number)) {
      throw new EvidenceError('VOUCHER_OTHER', { voucher: voucherNo, contract: contractNo })
    }
    if (number > totals.vouchers)
      throw new EvidenceError('VOUCHER_MORE', { voucher: voucherNo, count: totals.vouchers })
    if (seen.has(number)) throw new EvidenceError('VOUCHER_TWICE', { voucher: voucherNo })
    seen.add(number)
  }
  for (let number = 1; number <= totals.vouchers; number++) {
    if (!seen.has(number)) throw new EvidenceError('VOUCHER_MISSING', { voucher: voucherNumber(contractNo, number) })
  }
  const misplaced = vouchers.find(({ number }, i) => number !== i + 1)
  if (misplaced !== undefined) throw new EvidenceError('VOUCHER_ORDER', { voucher: misplaced.voucherNo })
}

/**
 * Checks that vouchers 1 to n chain from H0 to the head. It goes from the head backwards, as the head alone is signed: so what
 * it names is what was changed.
 *
 * @param network hash of the genesis block's header
 * @returns the digest up to each voucher, H0 first
 * @throws EvidenceError VOUCHER_CHANGED or VOUCHER_START
 */
export function checkChain(
  { contract, totals }: Completeness,
  vouchers: readonly Voucher[],
  network: string,
): string[] {
  const heads = [totals.head]
  for (const voucher of vouchers.toReversed()) {
    if (toHex(sha256(voucherPreimage(voucher))) !== heads[0]) {
      throw new EvidenceError('VOUCHER_CHANGED', { voucher: voucher.voucherNo })
    }
    heads.unshift(voucher.previous)
  }
  const start = toHex(sha256(voucherChainStart(network, contract.contractNo)))
  if (heads[0] !== start) throw new EvidenceError('VOUCHER_START', { contract: contract.contractNo })
  return heads
}

/**
 * Checks that the vouchers sum to the totals: all of them; of these the cancelled; what was refunded.
 *
 * @throws EvidenceError VOUCHER_SUM
 */
export function checkSums({ totals }: Completeness, vouchers: readonly Voucher[]): void {
  const cancelled = vouchers.filter(({ status }) => status === 'RETURNED' || status === 'REVERSED')
  expectSum('vouchersFen', sumOf(vouchers.map(({ amountFen }) => amountFen)), totals.vouchersFen)
  expectSum('cancelledFen', sumOf(cancelled.map(({ amountFen }) => amountFen)), totals.cancelledFen)
  expectSum('refundedFen', sumOf(vouchers.map(({ refundedFen = '0' }) => refundedFen)), totals.refundedFen)
}

/**
 * Checks that the settlement was approved over the first of these vouchers, and counts what they sum to.
 *
 * @param heads as `checkChain` gives them
 * @throws EvidenceError SETTLEMENT_HEAD or VOUCHER_SUM
 */
export function checkSettlement(
  { settlement }: Completeness,
  vouchers: readonly Voucher[],
  heads: readonly string[],
): void {
  if (settlement?.approval === undefined) return
  const { chain, paidFen } = settlement.approval
  if (heads[chain.vouchers] !== chain.head) {
    throw new EvidenceError('SETTLEMENT_HEAD', { settlement: settlement.settlementNo, count: chain.vouchers })
  }
  const settled = vouchers.slice(0, chain.vouchers)
  expectSum('approval.chain.vouchersFen', sumOf(settled.map(({ amountFen }) => amountFen)), chain.vouchersFen)
  const paid = BigInt(chain.vouchersFen) - BigInt(chain.cancelledFen) - BigInt(chain.refundedFen)
  expectSum('approval.paidFen', paid, paidFen)
}

function sumOf(amounts: readonly string[]): bigint {
  return amounts.reduce((sum, amount) => sum + BigInt(amount), 0n)
}

function expectSum(what: string, actual: bigint, expected: string): void {
  if (actual !== BigInt(expected)) throw new EvidenceError('VOUCHER_SUM', { what, actual: String(actual), expected })
}
