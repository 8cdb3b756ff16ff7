import * as z from 'zod/mini'
import { codeName, name } from '../schema/ids.js'
import { hexDigest, mspId, timestamp, uscc } from '../schema/fields.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { businessNumber } from '../schema/ids.js'

const shape = {
  orgId: businessNumber,
  name,
  /** `DEPARTMENT`, `BANK`, `owner`, `contractor`, `supervisionFirm`, … */
  kind: codeName,
  uscc,
  /** Whose CA issues its people's certificates. */
  msp: mspId,
  ownership: z.exactOptional(z.enum(['STATE', 'PUBLIC', 'PRIVATE'])),
  enterpriseSize: z.exactOptional(z.enum(['MICRO', 'SMALL', 'MEDIUM', 'LARGE'])),
}

/** `RegisterOrganisation` */
export const organisationRequest = requestType('an organisation', shape)
export type OrganisationRequest = RequestOf<typeof organisationRequest>

const { kind: organisationKind, ...rest } = shape
const OrganisationV1 = z.strictObject({
  kind: z.literal('organisation'),
  version: z.literal(1),
  ...rest,
  organisationKind,
  time: timestamp,
  tx: hexDigest,
})

/** An organisation that takes part, registered with all three node organisations. Key: `organisation:<uscc>`. */
export const organisations = recordType('organisation', 'an organisation', OrganisationV1)
export type Organisation = z.infer<typeof OrganisationV1>
