import * as z from 'zod/mini'
import { businessNumber } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'

const PeriodPaymentV1 = z.strictObject({
  kind: z.literal('periodPayment'),
  version: z.literal(1),
  contractNo: businessNumber,
  periodNo: z.int(),
  /** The one application of the period that counts; absent after its reversal. */
  applicationNo: z.exactOptional(businessNumber),
})

/** Which application pays a period, so that none is paid twice (R02). Key: `periodPayment:<contractNo>:<periodNo>`. */
export const periodPayments = recordType('periodPayment', "a period's payment", PeriodPaymentV1)
export type PeriodPayment = z.infer<typeof PeriodPaymentV1>
