import * as z from 'zod/mini'
import { fen } from '../schema/amounts.js'
import { hexDigest, projectCode, timestamp, uscc } from '../schema/fields.js'
import { businessNumber } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

const salt = z.string().check(z.regex(/^[0-9a-f]{32}$/, 'must be 32 lower-case hex digits'))

/** `SealBid`: the bidder's price as SHA-256 of `salt:amountFen`. Nobody holds the price before it is opened. */
export const sealRequest = requestType('a sealed bid', { projectCode, tenderNo: businessNumber, sealed: hexDigest })
export type SealRequest = RequestOf<typeof sealRequest>

/** `OpenBid`, from the day after the deadline: the price is public then. */
export const openRequest = requestType('the opening of a bid', {
  projectCode,
  tenderNo: businessNumber,
  amountFen: fen,
  salt,
})
export type OpenRequest = RequestOf<typeof openRequest>

const BidV1 = z.strictObject({
  kind: z.literal('bid'),
  version: z.literal(1),
  projectCode,
  tenderNo: businessNumber,
  bidderUscc: uscc,
  sealed: hexDigest,
  /** Once it is opened. */
  amountFen: z.exactOptional(fen),
  salt: z.exactOptional(salt),
  time: timestamp,
  tx: hexDigest,
})

/** A bidder's one bid in a tender. Key: `bid:<projectCode>:<tenderNo>:<bidderUscc>`. */
export const bids = recordType('bid', 'a bid', BidV1)
export type Bid = z.infer<typeof BidV1>
