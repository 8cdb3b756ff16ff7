import * as z from 'zod/mini'
import { hexDigest, mspId, uscc } from '../schema/fields.js'
import { businessNumber, day } from '../schema/ids.js'
import { networkRequestShape } from '../network/network.js'
import { requestType, type RequestOf } from '../schema/request.js'

const administrator = z.strictObject({
  personId: businessNumber,
  uscc,
  msp: mspId,
  /** SHA-256 over the SubjectPublicKeyInfo (DER) of the administrator's certificate, hex. */
  key: hexDigest,
  validFrom: day,
})

/** `CharterContract:Bootstrap`: with an administrator of each node organisation, since nothing counts without them. */
export const charterBootstrapRequest = requestType("the charter's bootstrap", {
  ...networkRequestShape,
  administrators: z.array(administrator).check(
    z.minLength(1),
    z.maxLength(16),
    z.refine((all) => new Set(all.map(({ key }) => key)).size === all.length, 'must not name a key twice'),
  ),
})
export type CharterBootstrapRequest = RequestOf<typeof charterBootstrapRequest>
