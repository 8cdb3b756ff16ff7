import * as z from 'zod/mini'
import { documentReference } from '../project/document.js'
import { signature } from '../parties/signature.js'
import { hexDigest, projectCode, timestamp, uscc } from '../schema/fields.js'
import { businessNumber, day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

/** Who accepts works. 建设工程质量管理条例 art. 16 */
export const acceptanceParties = ['owner', 'survey', 'design', 'supervision', 'contractor'] as const
export type AcceptanceParty = (typeof acceptanceParties)[number]

/** `ReportCompletion` */
export const completionRequest = requestType('a report of completion', { contractNo: businessNumber, completedOn: day })
export type CompletionRequest = RequestOf<typeof completionRequest>

const shape = {
  contractNo: businessNumber,
  acceptanceNo: businessNumber,
  /** The firms that surveyed and designed the works: whose leads sign. */
  surveyUscc: z.exactOptional(uscc),
  designUscc: z.exactOptional(uscc),
  /** SHA-256 of the test reports; without them nothing is accepted (R41). */
  testReportsDigest: z.exactOptional(hexDigest),
}

/** `OpenAcceptance` */
export const acceptanceRequest = requestType('an acceptance', { ...shape, document: documentReference })
export type AcceptanceRequest = RequestOf<typeof acceptanceRequest>

/** `SignAcceptance` */
export const acceptanceSigning = requestType('the signature of an acceptance', {
  contractNo: businessNumber,
  acceptanceNo: businessNumber,
  party: z.enum(acceptanceParties),
})
export type AcceptanceSigning = RequestOf<typeof acceptanceSigning>

/** `ConfirmAcceptance` */
export const acceptanceConfirmation = requestType('the confirmation of an acceptance', {
  contractNo: businessNumber,
  acceptedOn: day,
})
export type AcceptanceConfirmation = RequestOf<typeof acceptanceConfirmation>

/** `FileAcceptance` */
export const acceptanceFiling = requestType('the filing of an acceptance', {
  contractNo: businessNumber,
  filedOn: day,
  filingNo: businessNumber,
})
export type AcceptanceFiling = RequestOf<typeof acceptanceFiling>

const AcceptanceV1 = z.strictObject({
  kind: z.literal('acceptance'),
  version: z.literal(1),
  projectCode,
  ...shape,
  status: z.enum(['OPEN', 'ACCEPTED', 'FILED']),
  openedBy: hexDigest,
  /** One of each party. */
  signatures: z.array(z.strictObject({ party: z.enum(acceptanceParties), ...signature.shape })),
  acceptedOn: z.exactOptional(day),
  /** 竣工验收备案 */
  filedOn: z.exactOptional(day),
  filingNo: z.exactOptional(businessNumber),
  anchor: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/**
 * 竣工验收 of a contract, in `charter`. One at a time: where the first try fails, another takes its place, and the history of
 * the key has both. Key: `acceptance:<contractNo>`.
 */
export const acceptances = recordType('acceptance', 'an acceptance', AcceptanceV1)
export type Acceptance = z.infer<typeof AcceptanceV1>
