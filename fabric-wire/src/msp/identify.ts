import { decode } from '../codec/index.js'
import { IdentityError } from '../certificate/index.js'
import { SerializedIdentity } from '../messages/index.js'
import type { Identity } from './identity.js'
import type { Msp } from './msp.js'

/**
 * Judges a SerializedIdentity (a creator or an endorser) among a channel's organisations.
 *
 * @param at see `Msp.validate`
 * @throws {IdentityError} any code
 * @throws {WireError} `MALFORMED`
 */
export function identify(msps: ReadonlyMap<string, Msp>, serialized: Uint8Array, at?: Date): Identity {
  const { mspid, idBytes } = decode(SerializedIdentity, serialized)
  const msp = msps.get(mspid)
  if (msp === undefined) throw new IdentityError('UNKNOWN_MSP', `no organisation ${mspid} in this channel`)
  return msp.validate(idBytes, at)
}
