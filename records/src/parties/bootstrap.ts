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

/** `CharterContract:Bootstrap` */
export const charterBootstrapRequest = requestType("the charter's bootstrap", {
  ...networkRequestShape,
  administrators: z.array(administrator).check(z.minLength(1), z.maxLength(16)),
})
export type CharterBootstrapRequest = RequestOf<typeof charterBootstrapRequest>
