import * as z from 'zod/mini'
import { hexDigest, timestamp, uscc } from '../schema/fields.js'
import { businessNumber, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from '../project/document.js'
import { isRuleId } from '../rules/catalogue.js'

const ruleId = z.string().check(z.refine(isRuleId, 'must be the id of a rule'))

const shape = {
  approvalNo: businessNumber,
  applicationNo: businessNumber,
  overriddenRules: z.array(ruleId).check(z.minLength(1), z.maxLength(50)),
  reason: remark,
}

/** `ProposeSpecialApproval`. Without the deciding document it is refused by R46, not by its form. */
export const specialApprovalRequest = requestType('a special approval', {
  ...shape,
  document: z.exactOptional(documentReference),
})
export type SpecialApprovalRequest = RequestOf<typeof specialApprovalRequest>

/** `ConfirmSpecialApproval` */
export const specialApprovalConfirmation = requestType("a special approval's confirmation", {
  approvalNo: businessNumber,
})
export type SpecialApprovalConfirmation = RequestOf<typeof specialApprovalConfirmation>

const SpecialApprovalV1 = z.strictObject({
  kind: z.literal('specialApproval'),
  version: z.literal(1),
  ...shape,
  status: z.enum(['PROPOSED', 'CONFIRMED']),
  proposedBy: hexDigest,
  proposerUscc: uscc,
  confirmedBy: z.exactOptional(hexDigest),
  anchor: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** 特批: always on the exceptions list (R46). Key: `specialApproval:<approvalNo>`. */
export const specialApprovals = recordType('specialApproval', 'a special approval', SpecialApprovalV1)
export type SpecialApproval = z.infer<typeof SpecialApprovalV1>
