import * as z from 'zod/mini'
import { hexDigest, projectCode, text, timestamp } from '../schema/fields.js'
import { businessNumber, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { signature } from '../parties/signature.js'

/** What audit's people may witness. */
export const witnessSubjects = ['CONTRACT', 'SETTLEMENT', 'FINAL_ACCOUNT', 'EVALUATION'] as const

const shape = {
  projectCode,
  subject: z.enum(witnessSubjects),
  /** Which contract, where the project has several. */
  contractNo: z.exactOptional(businessNumber),
  note: remark,
}

/** `WitnessRecord` */
export const witnessRequest = requestType('a witness', shape)
export type WitnessRequest = RequestOf<typeof witnessRequest>

const WitnessV1 = z.strictObject({
  kind: z.literal('witness'),
  version: z.literal(1),
  ...shape,
  /** The records that lay on the chain when they were witnessed, by state key, each with SHA-256 over its bytes. */
  records: z.array(z.strictObject({ key: text(200), digest: hexDigest })),
  by: signature,
  time: timestamp,
  tx: hexDigest,
})

/** 旁证: audit's people saw these records. It approves nothing, and no rule reads it (R44). Key: `witness:<projectCode>:<tx>`. */
export const witnesses = recordType('witness', 'a witness', WitnessV1)
export type Witness = z.infer<typeof WitnessV1>
