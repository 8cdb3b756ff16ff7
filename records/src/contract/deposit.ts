import * as z from 'zod/mini'
import { documentReference } from '../project/document.js'
import { fen } from '../schema/amounts.js'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { businessNumber, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

/** The four kinds that may be asked for. 保障中小企业款项支付条例 art. 13. */
export const depositKinds = ['BID', 'PERFORMANCE', 'QUALITY', 'WAGE'] as const

const shape = {
  contractNo: businessNumber,
  guaranteeNo: businessNumber,
  kind: z.enum(depositKinds),
  form: z.enum(['CASH', 'BANK_GUARANTEE']),
  amountFen: fen,
  validUntil: day,
}

/** `RecordGuarantee` */
export const guaranteeRequest = requestType('a guarantee', { ...shape, document: documentReference })
export type GuaranteeRequest = RequestOf<typeof guaranteeRequest>

/** `ReleaseGuarantee` */
export const guaranteeRelease = requestType('the release of a guarantee', {
  contractNo: businessNumber,
  guaranteeNo: businessNumber,
  releasedOn: day,
})
export type GuaranteeRelease = RequestOf<typeof guaranteeRelease>

const { kind: depositKind, ...rest } = shape
const GuaranteeV1 = z.strictObject({
  kind: z.literal('guarantee'),
  version: z.literal(1),
  projectCode,
  ...rest,
  depositKind,
  status: z.enum(['HELD', 'RELEASED']),
  releasedOn: z.exactOptional(day),
  anchor: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** A deposit or a letter of guarantee (R35). Key: `guarantee:<contractNo>:<guaranteeNo>`. */
export const guarantees = recordType('guarantee', 'a guarantee', GuaranteeV1)
export type Guarantee = z.infer<typeof GuaranteeV1>
