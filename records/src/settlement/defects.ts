import * as z from 'zod/mini'
import { signature } from '../parties/signature.js'
import { count } from '../schema/amounts.js'
import { hexDigest, projectCode, timestamp } from '../schema/fields.js'
import { businessNumber, day, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

const named = { contractNo: businessNumber, defectNo: businessNumber }

const shape = { ...named, description: remark, foundOn: day }

/** `RecordDefect` */
export const defectRequest = requestType('a defect', shape)
export type DefectRequest = RequestOf<typeof defectRequest>

/** `ClearDefect` */
export const defectClearance = requestType('the clearance of a defect', named)
export type DefectClearance = RequestOf<typeof defectClearance>

/** `SignDefectsClear` */
export const defectsSigning = requestType("the signature that a contract's defects are clear", {
  contractNo: businessNumber,
  /** As the signer has counted them. */
  openDefects: count(10_000),
})
export type DefectsSigning = RequestOf<typeof defectsSigning>

/** Those who must say that a defect is repaired. */
export const defectParties = ['supervision', 'owner'] as const
export type DefectParty = (typeof defectParties)[number]

const clearance = z.strictObject({ party: z.enum(defectParties), ...signature.shape })

const DefectV1 = z.strictObject({
  kind: z.literal('defect'),
  version: z.literal(1),
  projectCode,
  ...shape,
  /** CLEARED by supervision and owner. */
  status: z.enum(['OPEN', 'CLEARED']),
  recordedBy: hexDigest,
  clearances: z.array(clearance),
  time: timestamp,
  tx: hexDigest,
})

/** A defect found after acceptance, in `payment`. Key: `defect:<contractNo>:<defectNo>`. */
export const defects = recordType('defect', 'a defect', DefectV1)
export type Defect = z.infer<typeof DefectV1>

const DefectListV1 = z.strictObject({
  kind: z.literal('defectList'),
  version: z.literal(1),
  contractNo: businessNumber,
  /** Numbers of the open ones. */
  open: z.array(businessNumber),
  /** That none is open: a new defect takes these signatures away. */
  clear: z.array(clearance),
  time: timestamp,
  tx: hexDigest,
})

/** A contract's open defects, and who signed that there are none (R32). Key: `defectList:<contractNo>`. */
export const defectLists = recordType('defectList', "a contract's defects", DefectListV1)
export type DefectList = z.infer<typeof DefectListV1>
