import * as z from 'zod/mini'
import { hexDigest, projectCode, timestamp, uscc } from '../schema/fields.js'
import { fen } from '../schema/amounts.js'
import { day } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { documentReference } from '../project/document.js'

const shape = { projectCode, asOf: day, certifiedFen: fen, paidFen: fen, advanceFen: fen, recoveredFen: fen }

/** `RecordOpeningBalance` */
export const openingBalanceRequest = requestType('an opening balance', { ...shape, document: documentReference })
export type OpeningBalanceRequest = RequestOf<typeof openingBalanceRequest>

/** `ConfirmOpeningBalance` */
export const openingBalanceConfirmation = requestType("an opening balance's confirmation", { projectCode })
export type OpeningBalanceConfirmation = RequestOf<typeof openingBalanceConfirmation>

const OpeningBalanceV1 = z.strictObject({
  kind: z.literal('openingBalance'),
  version: z.literal(1),
  ...shape,
  /** 上链前,未核验, for ever: confirmed is not verified. */
  status: z.enum(['OWNER_SIGNED', 'BEFORE_CHAIN_UNVERIFIED']),
  signedBy: hexDigest,
  ownerUscc: uscc,
  confirmedBy: z.exactOptional(hexDigest),
  anchor: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** 期初余额 of a project under way. Key: `openingBalance:<projectCode>`. */
export const openingBalances = recordType('openingBalance', 'an opening balance', OpeningBalanceV1)
export type OpeningBalance = z.infer<typeof OpeningBalanceV1>
