import * as z from 'zod/mini'
import { hexDigest, timestamp, uscc } from '../schema/fields.js'
import { businessNumber } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

export const accountKinds = ['COMPANY', 'WAGE'] as const

/**
 * `RegisterAccount`. The account's number and salt (16 bytes, hex) go beside it as transient data `account` and `salt`, into a
 * private collection: a number alone is guessable.
 */
export const accountRequest = requestType('an account', {
  contractNo: businessNumber,
  account: z.enum(accountKinds),
  holderUscc: uscc,
  /** SHA-256 of `salt:number`, hex (R19). */
  accountDigest: hexDigest,
})
export type AccountRequest = RequestOf<typeof accountRequest>

const AccountV1 = z.strictObject({
  kind: z.literal('account'),
  version: z.literal(1),
  contractNo: businessNumber,
  account: z.enum(accountKinds),
  holderUscc: uscc,
  accountDigest: hexDigest,
  registeredBy: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** Where a contract's money goes: the digest only. Key: `account:<contractNo>:<account>`. */
export const accounts = recordType('account', 'an account', AccountV1)
export type Account = z.infer<typeof AccountV1>
