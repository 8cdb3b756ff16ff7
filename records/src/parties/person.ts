import * as z from 'zod/mini'
import { hexDigest, mspId, timestamp, uscc } from '../schema/fields.js'
import { businessNumber, day, remark } from '../schema/ids.js'
import { recordType } from '../schema/record-type.js'
import { requestType, type RequestOf } from '../schema/request.js'
import { roleNames } from './roles.js'

const shape = {
  /** A pseudonym: who stands behind it is written down off the chain, by the organisation. */
  personId: businessNumber,
  role: z.enum(roleNames),
  /** The organisation for which the person acts. */
  uscc,
  msp: mspId,
  /** SHA-256 over the SubjectPublicKeyInfo (DER) of the person's certificate, hex. */
  key: hexDigest,
  /** First and last day on which the key may act, in Asia/Shanghai. */
  validFrom: day,
  validUntil: z.exactOptional(day),
}

/** `RegisterPerson` */
export const personRequest = requestType('a person', shape)
export type PersonRequest = RequestOf<typeof personRequest>

const PersonV1 = z.strictObject({
  kind: z.literal('person'),
  version: z.literal(1),
  ...shape,
  /** Set when the key was withdrawn: it acts no more from this moment. */
  withdrawnAt: z.exactOptional(timestamp),
  /** By whom it was suspended, since it was registered or last restored; it acts again after the last one's end. */
  suspensions: z.exactOptional(
    z.array(z.strictObject({ msp: mspId, by: hexDigest, reason: remark, time: timestamp, until: timestamp })),
  ),
  time: timestamp,
  tx: hexDigest,
})

/** A key and the role in which it acts, registered with all three node organisations. Key: `person:<key>`. */
export const persons = recordType('person', 'a person', PersonV1)
export type Person = z.infer<typeof PersonV1>

/** `WithdrawPerson` */
export const personWithdrawal = requestType('the withdrawal of a key', { key: hexDigest })

/** `SuspendPerson` */
export const personSuspension = requestType('the suspension of a key', { key: hexDigest, reason: remark })

/** `RestorePerson`: of the suspension that ends then, so that a consent is to this one and no later one. */
export const personRestoration = requestType('the restoration of a key', { key: hexDigest, suspendedUntil: timestamp })

/** Administrators' keys without a last day, by whose certificates they have. Key: `administrators:all`. */
export const administrators = recordType(
  'administrators',
  'the list of administrators',
  z.strictObject({
    kind: z.literal('administrators'),
    version: z.literal(1),
    keys: z.array(z.strictObject({ msp: mspId, key: hexDigest })),
  }),
)

/** The pseudonym's one key, so that a pseudonym is not given twice. Key: `personKey:<personId>`. */
export const personKeys = recordType(
  'personKey',
  "a pseudonym's key",
  z.strictObject({ kind: z.literal('personKey'), version: z.literal(1), personId: businessNumber, key: hexDigest }),
)
