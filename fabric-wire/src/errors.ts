/**
 * What can be wrong with bytes:
 * - `MALFORMED`: not the one canonical encoding of the expected message. Refuse it; nothing in it may be trusted.
 * - `OUT_OF_RANGE`: a number does not fit its field or JavaScript's safe integers. Refuse it, or correct the value to encode.
 * - `MISSING`: a part that Fabric requires is absent. Ask whoever built the bytes for the complete message.
 * - `UNSUPPORTED`: well formed, but of a kind that this function does not read. Look at its type first.
 */
export type WireErrorCode = 'MALFORMED' | 'OUT_OF_RANGE' | 'MISSING' | 'UNSUPPORTED'

/** Bytes that are not what they claim to be, or a value that has no encoding. */
export class WireError extends Error {
  override readonly name = 'WireError'

  constructor(
    readonly code: WireErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}
