import { decode, decodeLoose, encode, type Message } from '../../codec/index.js'
import { concatBytes } from '../../crypto/index.js'
import { WireError } from '../../errors.js'
import { ConfigUpdate, ConfigUpdateEnvelope, SignatureHeader } from '../../messages/index.js'
import { ConfigError } from '../error.js'

/** The update that made a configuration, and who signed it. */
export interface SignedConfigUpdate {
  update: ConfigUpdate
  /** Each over `signedBytes`, by `creator` (a SerializedIdentity). */
  signatures: { creator: Uint8Array; signedBytes: Uint8Array; signature: Uint8Array }[]
}

/**
 * Takes a `ConfigUpdateEnvelope` apart. Maps may stand in any order, since Go writes them so.
 *
 * @throws {WireError} `MALFORMED`
 */
export function readConfigUpdate(bytes: Uint8Array): SignedConfigUpdate {
  const envelope = decodeLoose(ConfigUpdateEnvelope, bytes)
  return {
    update: decodeLoose(ConfigUpdate, envelope.configUpdate),
    signatures: envelope.signatures.map(({ signatureHeader, signature }) => ({
      creator: decode(SignatureHeader, signatureHeader).creator,
      signedBytes: concatBytes(signatureHeader, envelope.configUpdate),
      signature,
    })),
  }
}

/**
 * Refuses an update that says more than is read of it. A field that we do not know would be a part of the configuration
 * that other nodes compute, and be missing in ours.
 *
 * @throws {ConfigError} `INVALID_UPDATE`
 */
export function requireWhole(bytes: Uint8Array): void {
  const { configUpdate } = decodeLoose(ConfigUpdateEnvelope, bytes)
  if (!isWhole(ConfigUpdate, configUpdate)) {
    throw new ConfigError('INVALID_UPDATE', 'the update holds fields that are unknown or stand twice')
  }
}

/** In whatever order it stands, what is read of a message encodes to as many bytes as it has. */
function isWhole<T>(type: Message<T>, bytes: Uint8Array): boolean {
  try {
    return encode(type, decodeLoose(type, bytes) as never).length === bytes.length
  } catch (error) {
    if (error instanceof WireError) return false
    throw error
  }
}
