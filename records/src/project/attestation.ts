import * as z from 'zod/mini'
import { hexDigest, mspId, projectCode, text, timestamp } from '../schema/fields.js'
import { fen } from '../schema/amounts.js'
import { businessNumber, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from './document.js'

/** What departments attest, and the role that does so. */
export const attestationTypes = {
  FEASIBILITY_APPROVAL: 'DEVELOPMENT_OFFICER',
  ESTIMATE_APPROVAL: 'DEVELOPMENT_OFFICER',
  ESTIMATE_ADJUSTMENT: 'DEVELOPMENT_OFFICER',
  /** 政府采购实施计划 and 补贴发放方案: the budget's own ceiling of a project that is not works. */
  PROCUREMENT_PLAN: 'BUDGET_OFFICER',
  SUBSIDY_PROGRAMME: 'BUDGET_OFFICER',
  PLANNING_PERMIT: 'PLANNING_OFFICER',
  CONSTRUCTION_PERMIT: 'CONSTRUCTION_OFFICER',
} as const
export type AttestationType = keyof typeof attestationTypes

const shape = {
  projectCode,
  type: z.enum(Object.keys(attestationTypes) as [AttestationType, ...AttestationType[]]),
  /** The document's number, such as 示发改投〔2023〕A01号. */
  number: businessNumber,
  issuedOn: day,
  /** 投资估算; of a feasibility approval. */
  investmentEstimateFen: z.exactOptional(fen),
  /** 概算; of an estimate's approval or adjustment, or the ceiling of a plan or programme. */
  approvedEstimateFen: z.exactOptional(fen),
  /** Where the money of an increase comes from; of an adjustment (R16). */
  fundSource: z.exactOptional(text(100)),
  /** SHA-256 of an audit report that exists; of a large adjustment (R16). */
  auditReportDigest: z.exactOptional(hexDigest),
  siteAreaSqm: z.exactOptional(z.int().check(z.minimum(1), z.maximum(1_000_000_000))),
  /** The contract that a construction permit is for. */
  contractNo: z.exactOptional(businessNumber),
  /** One document that approves both the feasibility and the estimate. */
  combinedWith: z.exactOptional(z.literal('ESTIMATE_APPROVAL')),
}

/** `RecordAttestation` */
export const attestationRequest = requestType('an attestation', { ...shape, document: documentReference })
export type AttestationRequest = RequestOf<typeof attestationRequest>

const AttestationV1 = z.strictObject({
  kind: z.literal('attestation'),
  version: z.literal(1),
  ...shape,
  issuerMsp: mspId,
  /** The anchor of its document. */
  anchor: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** A department's statement, entered once and read by all. Key: `attestation:<projectCode>:<type>:<number>`. */
export const attestations = recordType('attestation', 'an attestation', AttestationV1)
export type Attestation = z.infer<typeof AttestationV1>
