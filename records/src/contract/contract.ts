import * as z from 'zod/mini'
import { hexDigest, timestamp } from '../schema/fields.js'
import { businessNumber, day, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from '../project/document.js'
import { billLine } from './bill.js'
import { terms } from './terms.js'

/** `RegisterContract` */
export const contractRequest = requestType('a contract', {
  ...terms,
  /** 工程量清单 */
  boq: z.array(billLine).check(z.minLength(1), z.maxLength(2000)),
  document: documentReference,
})
export type ContractRequest = RequestOf<typeof contractRequest>

/** `CountersignContract` */
export const countersignRequest = requestType('the countersignature of a contract', { contractNo: businessNumber })
export type CountersignRequest = RequestOf<typeof countersignRequest>

/** `StartWorks` */
export const startRequest = requestType('the start of works', { contractNo: businessNumber, startedOn: day })
export type StartRequest = RequestOf<typeof startRequest>

export const contractStatuses = [
  'REGISTERED',
  'SIGNED',
  'STARTED',
  'COMPLETED',
  'ACCEPTED',
  'SETTLED',
  'TERMINATED',
] as const

const { kind: contractKind, ...rest } = terms
const ContractV1 = z.strictObject({
  kind: z.literal('contract'),
  version: z.literal(1),
  ...rest,
  contractKind,
  status: z.enum(contractStatuses),
  startedOn: z.exactOptional(day),
  completedOn: z.exactOptional(day),
  /** 竣工验收, its filing, and the settlement's approval. */
  acceptedOn: z.exactOptional(day),
  filedOn: z.exactOptional(day),
  settledOn: z.exactOptional(day),
  /** It ended before its works were complete: it is settled without an acceptance. */
  terminatedOn: z.exactOptional(day),
  terminatedBecause: z.exactOptional(remark),
  /** The person, by key, who registered it; the countersigner must be another, of the contractor (R18). */
  registeredBy: hexDigest,
  countersignedBy: z.exactOptional(hexDigest),
  /** Number of lines of its bill, and SHA-256 over their canonical list: they lie in `payment` one by one. */
  billLines: z.int(),
  billDigest: hexDigest,
  /** The anchor of its document. */
  anchor: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** A contract's terms; a copy lies in `payment`. Key: `contract:<contractNo>`. */
export const contracts = recordType('contract', 'a contract', ContractV1)
export type Contract = z.infer<typeof ContractV1>
