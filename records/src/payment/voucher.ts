import * as z from 'zod/mini'
import { canonicalBytes } from '../canonical/index.js'
import { hexDigest, projectCode, text, timestamp } from '../schema/fields.js'
import { fen } from '../schema/amounts.js'
import { businessNumber, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from '../project/document.js'
import { invoiceNumber } from '../invoice/invoice.js'
import { payee } from './account.js'

/** What a voucher's place in its contract's chain is made of: never changed. */
const chained = {
  voucherNo: businessNumber,
  projectCode,
  contractNo: businessNumber,
  /** 1 and up within the contract. */
  number: z.int().check(z.minimum(1)),
  /** Digest of the voucher before it; H0 of the contract for the first. */
  previous: hexDigest,
  applicationNo: businessNumber,
  lineNo: z.int(),
  budgetQuotaNo: businessNumber,
  fundSource: text(100),
  account: payee,
  accountDigest: hexDigest,
  invoiceNo: z.exactOptional(invoiceNumber),
  amountFen: fen,
  /** The returned voucher that this one pays instead of. */
  replaces: z.exactOptional(businessNumber),
}

/** A voucher, version 1. */
export const VoucherV1 = z.strictObject({
  kind: z.literal('voucher'),
  version: z.literal(1),
  ...chained,
  /**
   * WITHHELD while a court has frozen the contractor's money: not to be paid before it is released. RETURNED by the bank: another
   * voucher replaces it. REVERSED with its application before it was paid, or where the
   * payee's account changed while it was withheld.
   */
  status: z.enum(['ISSUED', 'WITHHELD', 'PAID', 'RETURNED', 'REVERSED']),
  receiptNo: z.exactOptional(businessNumber),
  paidOn: z.exactOptional(day),
  returnedOn: z.exactOptional(day),
  /** The voucher that pays instead, once issued. */
  replacedBy: z.exactOptional(businessNumber),
  /** Over-payments that came back. */
  refundedFen: z.exactOptional(fen),
  /** When it was issued, and when the bank's receipt was recorded. */
  issuedAt: timestamp,
  receiptAt: z.exactOptional(timestamp),
  time: timestamp,
  tx: hexDigest,
})

/** 支付凭证, numbered and chained within its contract. Key: `voucher:<voucherNo>`. */
export const vouchers = recordType('voucher', 'a voucher', VoucherV1)
export type Voucher = z.infer<typeof VoucherV1>

/** A voucher's number: `A-WK-01-V001`. */
export function voucherNumber(contractNo: string, number: number): string {
  return `${contractNo}-V${String(number).padStart(3, '0')}`
}

/** What H0 of a contract's vouchers is the SHA-256 of: so no two chains begin alike. */
export function voucherChainStart(network: string, contractNo: string): Uint8Array {
  return canonicalBytes({ contractNo, label: 'caizheng-voucher-chain-v1', network })
}

/** What a voucher's digest is the SHA-256 of: everything about it that never changes, its predecessor's digest included. */
export function voucherPreimage(voucher: Voucher): Uint8Array {
  const names = Object.keys(chained) as (keyof typeof chained)[]
  const fixed = Object.fromEntries(
    names.flatMap((name) => (voucher[name] === undefined ? [] : [[name, voucher[name]]])),
  )
  return canonicalBytes({ label: 'caizheng-voucher-v1', ...fixed })
}

/** `RecordBankReceipt` */
export const bankReceiptRequest = requestType('a bank receipt', {
  receiptNo: businessNumber,
  voucherNo: businessNumber,
  amountFen: fen,
  paidOn: day,
  document: documentReference,
})
export type BankReceiptRequest = RequestOf<typeof bankReceiptRequest>
