import * as z from 'zod/mini'
import { hexDigest, timestamp, uscc } from '../schema/fields.js'
import { signature } from '../parties/signature.js'
import { documentReference } from '../project/document.js'
import { businessNumber, day, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'

export const accountKinds = ['COMPANY', 'WAGE'] as const

/**
 * A person who receives a subsidy, by a pseudonym: `P` and 16 hex digits, the first of an HMAC that the paying office makes of the
 * person's identity with a key of its own. So a person has one pseudonym in every batch, and nobody else can make it.
 */
export const recipient = z.string().check(z.regex(/^P[0-9a-f]{16}$/, 'must be a recipient such as P0123456789abcdef'))

/** Where a line's money goes: an account of the contractor, or a person's. */
export const payee = z.union([z.enum(accountKinds), recipient])

/** Whether an account is a person's. */
export function isRecipient(account: string): boolean {
  return recipient.safeParse(account).success
}

/**
 * `RegisterAccount`. The account's number and salt (16 bytes, hex) go beside it as transient data `account` and `salt`, into a
 * private collection: a number alone is guessable.
 */
export const accountRequest = requestType('an account', {
  contractNo: businessNumber,
  account: payee,
  holderUscc: uscc,
  /** SHA-256 of `salt:number`, hex (R19). */
  accountDigest: hexDigest,
})
export type AccountRequest = RequestOf<typeof accountRequest>

const AccountV1 = z.strictObject({
  kind: z.literal('account'),
  version: z.literal(1),
  contractNo: businessNumber,
  account: payee,
  holderUscc: uscc,
  accountDigest: hexDigest,
  registeredBy: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** Where a contract's money goes: the digest only. Key: `account:<contractNo>:<account>`. */
export const accounts = recordType('account', 'an account', AccountV1)
export type Account = z.infer<typeof AccountV1>

/** `ProposeAccountChange`, with the new number and salt as transient data, as of `RegisterAccount`. */
export const accountChangeRequest = requestType("an account's change", {
  contractNo: businessNumber,
  account: payee,
  accountDigest: hexDigest,
  reason: remark,
  document: documentReference,
})
export type AccountChangeRequest = RequestOf<typeof accountChangeRequest>

/** `SignAccountChange` */
export const accountChangeSignature = requestType("an account change's signature", {
  contractNo: businessNumber,
  account: payee,
})
export type AccountChangeSignature = RequestOf<typeof accountChangeSignature>

const AccountChangeV1 = z.strictObject({
  kind: z.literal('accountChange'),
  version: z.literal(1),
  contractNo: businessNumber,
  account: payee,
  accountDigest: hexDigest,
  reason: remark,
  /** The contractor's, the owner's, finance's. */
  signatures: z.array(signature),
  /** The first day on which it may take effect. */
  notBefore: day,
  status: z.enum(['PROPOSED', 'IN_FORCE']),
  anchor: hexDigest,
  time: timestamp,
  tx: hexDigest,
})

/** A change of payee: three signatures and a wait (R19). Key: `accountChange:<contractNo>:<account>`. */
export const accountChanges = recordType('accountChange', "an account's change", AccountChangeV1)
export type AccountChange = z.infer<typeof AccountChangeV1>

/** `PurgeAccount`: the number and salt behind a digest that no account has any more. */
export const accountPurgeRequest = requestType("the purge of an account's number", {
  contractNo: businessNumber,
  account: payee,
  accountDigest: hexDigest,
  reason: remark,
})
export type AccountPurgeRequest = RequestOf<typeof accountPurgeRequest>
