import * as z from 'zod/mini'
import { hexDigest, projectCode, timestamp, uscc } from '../schema/fields.js'
import { basisPoints, fen } from '../schema/amounts.js'
import { businessNumber, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from '../project/document.js'

/** 数电票号码, 20 digits. Rule R10. */
export const invoiceNumber = z.string().check(z.regex(/^\d{20}$/, 'must be a 20-digit invoice number (R10)'))

const shape = {
  invoiceNo: invoiceNumber,
  projectCode,
  contractNo: businessNumber,
  /** An advance is paid against a PREPAYMENT invoice, everything else against a VAT invoice (R08). */
  kind: z.enum(['VAT', 'PREPAYMENT']),
  issueDate: day,
  sellerUscc: uscc,
  buyerUscc: uscc,
  taxRateBp: basisPoints,
  lineCount: z.int().check(z.minimum(1), z.maximum(10_000)),
  netFen: fen,
  taxFen: fen,
  grossFen: fen,
}

/** `RegisterInvoice` */
export const invoiceRequest = requestType('an invoice', { ...shape, document: documentReference })
export type InvoiceRequest = RequestOf<typeof invoiceRequest>

const attestation = {
  status: z.enum(['NORMAL', 'RED_LETTER', 'VOIDED', 'NOT_FOUND']),
  checkedGrossFen: fen,
  /** 红字: what of it was taken back. */
  redLetterFen: fen,
}

/** `AttestInvoice` */
export const invoiceAttestation = requestType("an invoice's attestation", {
  projectCode,
  invoiceNo: invoiceNumber,
  ...attestation,
})
export type InvoiceAttestation = RequestOf<typeof invoiceAttestation>

/** More presentations say nothing new. */
export const MOST_CLAIMS = 10
const claim = z.strictObject({ projectCode, contractNo: businessNumber, applicationNo: businessNumber })

const { kind: invoiceKind, ...rest } = shape
const InvoiceV1 = z.strictObject({
  kind: z.literal('invoice'),
  version: z.literal(1),
  ...rest,
  invoiceKind,
  /** The tax office's last word, and when. */
  attestation: z.exactOptional(z.strictObject({ ...attestation, at: timestamp })),
  /** Applications of other contracts in which it was presented: its own project is told too (R09). */
  claims: z.exactOptional(z.array(claim).check(z.maxLength(MOST_CLAIMS))),
  /** Paid or payable against it, all vouchers and other costs. */
  usedFen: fen,
  anchor: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** An invoice, bound to its project and contract for ever (R09). Key: `invoice:<invoiceNo>`. */
export const invoices = recordType('invoice', 'an invoice', InvoiceV1)
export type Invoice = z.infer<typeof InvoiceV1>
