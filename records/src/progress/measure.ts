import * as z from 'zod/mini'
import { hexDigest, timestamp } from '../schema/fields.js'
import { count, fen, milli } from '../schema/amounts.js'
import { businessNumber, day, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { itemCode } from '../contract/bill.js'
import { signature } from '../parties/signature.js'

const periodNo = count(10_000).check(z.minimum(1))

const shape = {
  contractNo: businessNumber,
  periodNo,
  periodStart: day,
  periodEnd: day,
  lines: z
    .array(z.strictObject({ itemCode, qtyMilli: milli, amountFen: fen }))
    .check(z.minLength(1), z.maxLength(2000)),
  /** Σ of the lines, checked (R08). */
  certifiedFen: fen,
  /** Each once: what is named twice would be weighed twice (R39). */
  evidenceNos: z.array(businessNumber).check(
    z.maxLength(366),
    z.refine((nos) => new Set(nos).size === nos.length, 'must name each evidence once'),
  ),
}

/** `SubmitMeasure` */
export const measureRequest = requestType('a measure', shape)
export type MeasureRequest = RequestOf<typeof measureRequest>

/** `SignMeasure` */
export const measureSignature = requestType("a measure's signature", {
  contractNo: businessNumber,
  periodNo,
  statement: z.exactOptional(remark),
})
export type MeasureSignature = RequestOf<typeof measureSignature>

/** `ConfirmMeasure` */
export const measureConfirmation = requestType("a measure's confirmation", {
  contractNo: businessNumber,
  periodNo,
  confirmedOn: day,
})
export type MeasureConfirmation = RequestOf<typeof measureConfirmation>

const MeasureV1 = z.strictObject({
  kind: z.literal('measure'),
  version: z.literal(1),
  ...shape,
  submittedBy: hexDigest,
  /** Of the chief supervision engineer (R07). */
  signature: z.exactOptional(z.strictObject({ ...signature.shape, statement: z.exactOptional(remark) })),
  /** Of the owner: from then on the payment's days run (R21). */
  confirmedOn: z.exactOptional(day),
  confirmedBy: z.exactOptional(hexDigest),
  time: timestamp,
  tx: hexDigest,
})

/** 计量支付证书. Key: `measure:<contractNo>:<periodNo>`. */
export const measures = recordType('measure', 'a measure', MeasureV1)
export type Measure = z.infer<typeof MeasureV1>
