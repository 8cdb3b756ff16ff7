import { concatBytes, sha256, toHex } from '../crypto/index.js'

/** A transaction's id: hex SHA-256 of nonce and creator. */
export function transactionId(nonce: Uint8Array, creator: Uint8Array): string {
  return toHex(sha256(concatBytes(nonce, creator)))
}

/**
 * What endorsers bind their response to: SHA-256 of the channel header, the signature header and the proposal payload
 * without its transient map. No lengths stand between them: decode all three strictly before trusting it.
 */
export function proposalHash(
  channelHeader: Uint8Array,
  signatureHeader: Uint8Array,
  chaincodeProposalPayload: Uint8Array,
): Uint8Array {
  return sha256(concatBytes(channelHeader, signatureHeader, chaincodeProposalPayload))
}

/** What an endorser signs: the response payload and then its own SerializedIdentity. */
export function endorsementBytes(proposalResponsePayload: Uint8Array, endorser: Uint8Array): Uint8Array {
  return concatBytes(proposalResponsePayload, endorser)
}
