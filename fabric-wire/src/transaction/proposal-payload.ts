import { decodeLoose, encode } from '../codec/index.js'
import { WireError } from '../errors.js'
import { ChaincodeProposalPayload } from '../messages/index.js'

/**
 * Go clients write the transient map in random order, and it is in no hash: so any order is taken. Whatever else strict
 * decoding refuses makes the bytes longer than the canonical ones.
 */
export function parseProposalPayload(bytes: Uint8Array): ChaincodeProposalPayload {
  const payload = decodeLoose(ChaincodeProposalPayload, bytes)
  if (encode(ChaincodeProposalPayload, payload).length !== bytes.length) {
    throw new WireError('MALFORMED', 'ChaincodeProposalPayload: not canonical')
  }
  return payload
}
